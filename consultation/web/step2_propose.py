"""Step 2 on screen: sort a matter, put it on the issue list, publish the edition."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation.policies import allows, may, who_may
from consultation.errors import NotAtStep
from consultation.forms.propose import MoveForm
from consultation.forms.step2_propose import ProposalForm
from consultation.models import ConsultationSettings, Issue, IssueList, ListEntry
from consultation.ranking import ranked
from consultation.services import step2_propose
from consultation.steps import Step
from consultation.web.sign import sign_of


@dataclass(frozen=True)
class Line:
    """One matter on an edition: its place, and the form to move it where that failed."""

    entry: ListEntry
    rank: int
    last: bool
    form: MoveForm | None
    reason: str

    @property
    def up(self) -> int:
        return self.rank - 1

    @property
    def down(self) -> int:
        return self.rank + 1


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.propose")
def propose(request: HttpRequest, number: str) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.visible_to(request.person).with_place().with_voices(), number=number)
    if issue.step != Step.PROPOSE:
        raise NotAtStep(issue, Step.PROPOSE)
    latest = issue.proposals.select_related("sorted_by").first()
    form = ProposalForm(request.POST, latest=latest) if request.method == "POST" else ProposalForm.from_latest(latest)
    if form.is_bound and form.is_valid():
        proposal = step2_propose.propose(issue, **form.cleaned_data, by=request.person)
        messages.success(
            request,
            _("Sorted: %(score)s points. Suggested route: %(route)s.")
            % {"score": proposal.score, "route": proposal.get_route_display()},
        )
        return redirect("inbox") if request.GET.get("from") == "inbox" else redirect(issue)
    context = {"nav": "issues", "issue": issue, "form": form, "steps": sign_of(issue)}
    context |= {"settings": ConsultationSettings.current(), "may_weigh": allows("settings.weigh", request.person)}
    return render(request, "consultation/step2_propose.html", context, status=422 if form.is_bound else 200)


@require_POST
@may("issue.list")
def listing(request: HttpRequest, number: str) -> HttpResponse:
    """Put a matter on the draft, or with ``off`` take it from there."""
    issue = get_object_or_404(Issue.objects.visible_to(request.person), number=number)
    if "off" in request.POST:
        step2_propose.take_off_list(issue, by=request.person)
        messages.success(request, _("It is off the draft again."))
        return redirect(issue)
    entry = step2_propose.put_on_list(issue, by=request.person)
    messages.success(request, _("It is on the draft of %(list)s.") % {"list": entry.issue_list})
    return redirect(issue)


@require_safe
def issue_lists(request: HttpRequest) -> HttpResponse:
    page = keyset_page(request, _shown(request), by="edition", size=20)
    return render(request, "consultation/step2_lists.html", {"nav": "issues", "page": page})


@require_safe
def issue_list(request: HttpRequest, edition: int) -> HttpResponse:
    found = get_object_or_404(_shown(request), edition=edition)
    return list_page(request, found)


def list_page(
    request: HttpRequest, found: IssueList, *, moving: ListEntry | None = None, move_form: MoveForm | None = None
) -> HttpResponse:
    """One edition as this reader may know it; a form that failed stands open beside its matter."""
    context = {
        "nav": "issues",
        "list": found,
        "entries": _lines(found, request, moving, move_form),
        "may_publish": allows("list.publish", request.person),
        "who_may_publish": who_may("list.publish"),
    }
    return render(request, "consultation/step2_list.html", context, status=422 if move_form else 200)


def _lines(found: IssueList, request: HttpRequest, moving: ListEntry | None, form: MoveForm | None) -> list[Line]:
    """The entries in their order; ranks are counted over all, so that a hidden one leaves a gap and no lie."""
    rows = found.entries.select_related(
        "issue__category", "issue__building__unit", "issue__entrance__building__unit", "proposal", "hand_by"
    )
    if not found.published_at:
        # What has left the branch since it was listed goes when the edition is published.
        rows = rows.filter(issue__step=Step.PROPOSE)
    order = list(rows) if found.published_at else ranked(rows)
    visible = set(Issue.objects.visible_to(request.person).filter(list_entries__in=order).values_list("pk", flat=True))
    return [
        Line(
            entry,
            rank,
            last=rank == len(order),
            form=form if form and moving and moving.pk == entry.pk else None,
            reason=entry.hand_reason,
        )
        for rank, entry in enumerate(order, start=1)
        if entry.issue_id in visible
    ]


@require_POST
@may("list.publish")
def publish(request: HttpRequest, edition: int) -> HttpResponse:
    found = get_object_or_404(_shown(request), edition=edition)
    step2_propose.publish(found, by=request.person)
    messages.success(request, _("%(list)s is published; its matters wait for the four parties.") % {"list": found})
    return redirect(found)


def _shown(request: HttpRequest) -> QuerySet[IssueList]:
    """Drafts are the branch's; published editions everybody's."""
    return IssueList.objects.all() if allows("issue.list", request.person) else IssueList.objects.published()


urlpatterns = [
    path("issues/<issue:number>/proposal/", propose, name="proposal"),
    path("issues/<issue:number>/listing/", listing, name="listing"),
    path("lists/", issue_lists, name="issue_lists"),
    path("lists/<int:edition>/", issue_list, name="issue_list"),
    path("lists/<int:edition>/publication/", publish, name="list_publish"),
]

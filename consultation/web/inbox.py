"""The branch's inbox: what came in and is with the branch, oldest first, sorted or not."""

from django import forms
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from compounds.organisation.policies import may
from consultation.models import Category, Issue, ListEntry, Proposal
from consultation.models.issue import IssueQuerySet
from consultation.steps import Step

# An inbox is worked off from its top: what comes after these moves up.
SHOWN = 100


class InboxForm(forms.Form):
    """The inbox's filters; what is not one of them is refused."""

    state = forms.ChoiceField(
        required=False, choices=[("", _("All")), ("unsorted", _("Unsorted")), ("sorted", _("Sorted"))]
    )
    category = forms.ModelChoiceField(Category.objects.all(), required=False)


@require_safe
@may("issue.propose")
def inbox(request: HttpRequest) -> HttpResponse:
    form = InboxForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    came_in = Issue.objects.visible_to(request.person).filter(step=Step.PROPOSE)
    is_sorted = Exists(Proposal.objects.filter(issue=OuterRef("pk")))
    state = wanted.get("state")
    rows = came_in.filter(is_sorted) if state == "sorted" else came_in.exclude(is_sorted) if state else came_in
    chosen = rows.filter(category=wanted["category"]) if wanted.get("category") else rows
    counts = came_in.aggregate(all=Count("pk"), sorted=Count("pk", filter=Q(is_sorted)))
    context = {
        "nav": "issues",
        "form": form,
        "wanted": wanted,
        "state": state or "",
        "rows": _with_what_is_shown(chosen)[:SHOWN],
        "total": chosen.count(),
        "states": [
            ("", _("All"), counts["all"]),
            ("unsorted", _("Unsorted"), counts["all"] - counts["sorted"]),
            ("sorted", _("Sorted"), counts["sorted"]),
        ],
        "unsorted": counts["all"] - counts["sorted"],
        "categories": Category.objects.annotate(n=Count("issues", filter=Q(issues__in=rows))).filter(n__gt=0),
        "today": timezone.localdate(),
    }
    return render(request, "consultation/inbox.html", context, status=200 if form.is_valid() else 422)


def _with_what_is_shown(rows: IssueQuerySet) -> IssueQuerySet:
    """Each with when it came in, the score and route of its newest sorting, and whether it is on the draft."""
    newest = Proposal.objects.filter(issue=OuterRef("pk")).order_by("-pk")
    draft = ListEntry.objects.filter(issue=OuterRef("pk"), issue_list__published_at=None)
    return (
        rows.with_place()
        .with_voices()
        .with_hold()
        .annotate(
            came_in=Max("records__at", filter=Q(records__to_step=Step.PROPOSE)),
            score=Subquery(newest.values("score")[:1]),
            listed=Exists(draft),
        )
        .order_by("came_in", "pk")
    )


urlpatterns = [path("inbox/", inbox, name="inbox")]

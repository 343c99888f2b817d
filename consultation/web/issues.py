"""All matters, and one matter: where it stands, what comes next and who may do it, and its story."""

from django import forms
from django.db.models import Avg, Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation.models import Person
from compounds.organisation.policies import allows
from compounds.photos.serving import photo_response
from consultation import helped
from consultation.combined import linked
from consultation.forms.step1_visit import PhotosForm, VoiceForm
from consultation.lateness_words import late_words
from consultation.models import Category, Escalation, FollowUp, Issue, IssuePhoto, Proposal
from consultation.models.must_report import due_at
from consultation.next_actions import next_actions
from consultation.policies import reads_words, sees
from consultation.priority import Weights, reasons
from consultation.services.step2_settle import question_of
from consultation.steps import FIVE, Step
from consultation.timeline import story
from consultation.web.sign import SIGNS, sign_of


class FilterForm(forms.Form):
    """The list's filters; what is not one of them is refused beside its field."""

    q = forms.CharField(required=False, max_length=40, label=_("Search"))
    step = forms.ChoiceField(required=False, choices=[("", _("All open")), *Step.choices])
    category = forms.ModelChoiceField(
        Category.objects.all(), required=False, label=_("Category"), empty_label=_("Every category")
    )
    late = forms.BooleanField(required=False)


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    now = timezone.now()
    rows = Issue.objects.visible_to(request.person).with_place().with_voices().with_hold()
    if step := wanted.get("step"):
        rows = rows.filter(step=step)
    elif not wanted.get("q"):
        rows = rows.open()
    if wanted.get("category"):
        rows = rows.filter(category=wanted["category"])
    if wanted.get("late"):
        rows = rows.overdue(now)
    if q := wanted.get("q", "").strip():
        # Nobody finds out by searching what they may not read.
        words = (
            Q(said__icontains=q) if reads_words(request.person) else Q(recorded_by=request.person, said__icontains=q)
        )
        rows = rows.filter(Q(title__icontains=q) | Q(number=q) | words)
    page = keyset_page(request, rows, by="updated_at")
    context = {
        "nav": "issues",
        "form": form,
        "page": page,
        "rows": [(issue, late_words(issue, now)) for issue in page.rows],
        "signs": [(step, SIGNS[step], step.label) for step in FIVE],
        "others": [Step.REFERRED, Step.CLOSED],
        "wanted": wanted,
    }
    return render(request, "consultation/issues.html", context, status=200 if form.is_valid() else 422)


@require_safe
def issue(request: HttpRequest, number: str) -> HttpResponse:
    found = get_object_or_404(
        Issue.objects.visible_to(request.person).with_place().with_voices().with_hold(), number=number
    )
    return render(request, "consultation/issue.html", issue_context(request, found))


def issue_context(request: HttpRequest, found: Issue) -> dict[str, object]:
    """What one matter's page shows; forms that failed are put over it by the views of the steps."""
    person = request.person
    proposal = found.proposals.first()
    actions = next_actions(found, person)
    return {
        "nav": "issues",
        "issue": found,
        "steps": sign_of(found),
        "proposal": proposal,
        "points": _points(proposal),
        "actions": actions,
        "folded": [action for action in actions if action.more and action.allowed],
        "of_others": [action for action in actions if not action.main and not action.allowed],
        "mine": any(action.allowed and action.main for action in actions),
        **_clock(request, found),
        "hold": found.holds.active().first(),
        "may_hold": allows("issue.hold", person) and found.step != Step.CLOSED,
        "question": question_of(found),
        "linked": linked(found, person),
        "events": story(found, person),
        "photos": found.photos.select_related("photo"),
        "may_correct": allows("issue.correct", person),
        "may_add_voice": allows("issue.add_voice", person) and found.step != Step.CLOSED,
        "may_add_photo": allows("issue.add_photo", person) and found.step != Step.CLOSED,
        **_ringing(found, person),
        "sees_who": sees(person, found, "spoken_by"),
        "voice_form": VoiceForm(),
        "photos_form": PhotosForm(),
        "must_report": _must_report(found),
        "help_request": helped.visible_request(found, person),
        "may_ask_for_help": helped.may_ask(found, person),
        "open_ratings": found.open_ratings.aggregate(mean=Avg("stars"), count=Count("pk")),
        "carries_on_from": FollowUp.objects.filter(new_issue=found).select_related("issue").first(),
    }


def _ringing(found: Issue, person: Person | None) -> dict[str, object]:
    """How many agreed to be rung, for those who may ask them."""
    allowed = allows("voice.agree_to_ring", person) and sees(person, found, "spoken_by") and found.step != Step.CLOSED
    return {"may_agree_to_ring": allowed, "agreed_to_ring": found.voices.to_ring().count() if allowed else 0}


def _clock(request: HttpRequest, found: Issue) -> dict[str, object]:
    """How late it is, how far up it went, and what somebody outside wants by when."""
    now = timezone.now()
    return {
        "now": now,
        "late": late_words(found, now),
        "escalated": Escalation.objects.current().filter(issue=found).order_by("-at", "-pk").first(),
        "outside": list(found.outside_deadlines.all()),
        "may_outside": allows("issue.keep_outside_deadline", request.person) and found.step != Step.CLOSED,
    }


def _must_report(issue: Issue) -> dict[str, object] | None:
    """Until when it must be reported, while it was not."""
    if not Issue.objects.unreported().filter(pk=issue.pk).exists():
        return None
    due = due_at(issue)
    return {"due": due, "late": due < timezone.now()}


def _points(proposal: Proposal | None) -> list:
    if proposal is None:
        return []
    return [
        reason
        for reason in reasons(
            households=proposal.households,
            urgency=proposal.urgency,
            concerns=proposal.concerns,
            waiting_days=proposal.waiting_days,
            weights=Weights(**proposal.weights),
        )
        if reason.points
    ]


@require_safe
def photo(request: HttpRequest, number: str, photo_id: str, size: str) -> FileResponse:
    row = get_object_or_404(
        IssuePhoto.objects.filter(issue__in=Issue.objects.visible_to(request.person)).select_related("photo"),
        issue__number=number,
        photo=photo_id,
    )
    return photo_response(row.photo, size)


urlpatterns = [
    path("issues/", issues, name="issues"),
    path("issues/<issue:number>/", issue, name="issue"),
    path("issues/<issue:number>/photos/<uuid:photo_id>/<str:size>/", photo, name="issue_photo"),
]

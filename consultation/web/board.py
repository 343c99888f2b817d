"""The public board: what hangs now, what is being worked on, what was finished. No login, no names, no doors.

Everything here starts from ``Issue.objects.on_board()``.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation.door import open_to_all
from compounds.photos.serving import photo_response
from consultation.models import Issue, IssuePhoto, Meeting, Reopening, ScoringRound, StepRecord
from consultation.quarters import Quarter
from consultation.steps import FIVE, Step
from consultation.web.sign import Circle, sign_of, sign_with_counts
from consultation.web.step4_handle import Shot
from notices.models import Notice, Posting, PostingKind
from notices.models.posting import PostingQuerySet
from notices.publishing.showing import at_a_glance
from volunteers import honours_wall
from volunteers.selectors import activities

_SHOWN = 12
_RECENT = 5
_WORKED_ON = (Step.MEET, Step.HANDLE, Step.EVALUATE)
_FILTERS = (*_WORKED_ON, Step.CLOSED)
# The work on it is behind a matter.
_DONE_WITH = (Step.EVALUATE, Step.CLOSED)


@dataclass(frozen=True)
class Hanging:
    """One posting that is up, and where one reads on: its matter, the quarter's scoring, or the honours.

    ``again``: what it tells of was taken up again since, and is not done any more.
    """

    posting: Posting
    url: str
    again: bool = False


@open_to_all
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = request.GET.get("step", "")
    counts = dict(_on_board().order_by().values_list("step").annotate(Count("pk")))
    first_page = not asked and not {"after", "before"} & request.GET.keys()
    notices, notices_up = at_a_glance(today) if first_page else ([], 0)
    coming, count = activities.at_a_glance(timezone.now()) if first_page else ([], 0)
    context = {
        "nav": "board",
        "today": today,
        "step": Step(asked) if asked in _FILTERS else None,
        "steps": _sign(counts),
        "worked_on": sum(counts.get(step, 0) for step in _WORKED_ON),
        "closed": counts.get(Step.CLOSED, 0),
        "first_page": first_page,
        "hanging": _hanging(today) if first_page else [],
        "notices": notices,
        "notices_up": notices_up,
        "activities": coming,
        "activities_coming": count,
        "honours": honours_wall.at_a_glance() if first_page else None,
        "meeting": _coming_meeting() if first_page else None,
        "recent": _closed()[:_RECENT] if first_page else [],
        "page": _page(request, asked),
        "quarter": Quarter.of(today),
    }
    return _public(render(request, "consultation/board.html", context))


@open_to_all
@require_safe
def board_issue(request: HttpRequest, number: str) -> HttpResponse:
    issue = get_object_or_404(_with_place(_on_board()), number=number)
    tasks = issue.assignments.standing().select_related("body", "result_posting", "completion_posting").order_by("pk")
    before, after = _photos(issue)
    context = {
        "nav": "board",
        "issue": issue,
        "steps": sign_of(issue),
        "tasks": tasks,
        "before": before,
        "after": after,
        "ratings": issue.ratings.aggregate(mean=Avg("stars"), count=Count("pk")),
        "open_ratings": issue.open_ratings.aggregate(mean=Avg("stars"), count=Count("pk")),
        "refusals": Posting.objects.filter(refusals__issue=issue).distinct(),
        "may_be_rated": issue.step == Step.EVALUATE,
        "today": timezone.localdate(),
    }
    return _public(render(request, "consultation/board_issue.html", context))


@open_to_all
@require_safe
def board_posting(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a posting's short link leads: to its notice, scoring or honours, or its matter while that is public."""
    if notice := Notice.objects.filter(posting=pk).first():
        return _public(redirect("board_notice", notice.pk))
    if told := ScoringRound.objects.told_by(pk).first():
        return _public(redirect("board_scoring", told.label))
    if Posting.objects.filter(pk=pk, kind=PostingKind.HONOUR).exists():
        return _public(redirect("board_honour_posting", pk))
    return _public(redirect("board_issue", _issue_of(get_object_or_404(_told_on_board(), pk=pk)).number))


@open_to_all
@require_safe
def board_photo(request: HttpRequest, number: str, photo: UUID, size: str) -> FileResponse:
    """A photo of a matter that everybody may read."""
    shown = IssuePhoto.objects.filter(issue__in=Issue.objects.on_board(), issue__number=number)
    row = get_object_or_404(shown.select_related("photo"), photo=photo)
    response = photo_response(row.photo, size)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _on_board() -> QuerySet[Issue]:
    """The same rows as ``on_board()``, each once, so that counts and means stay true."""
    return Issue.objects.filter(pk__in=Issue.objects.on_board().values("pk"))


def _with_place(issues: QuerySet[Issue]) -> QuerySet[Issue]:
    return issues.select_related("category", "building__unit", "entrance__building__unit", "owner_body")


def _closed() -> QuerySet[Issue]:
    rated = {"mean": Avg("ratings__stars"), "rated": Count("ratings")}
    return _with_place(_on_board().filter(step=Step.CLOSED)).annotate(**rated).order_by("-closed_at", "-pk")


def _page(request: HttpRequest, asked: str) -> Any:
    if asked == Step.CLOSED:
        return keyset_page(request, _closed(), by="closed_at", size=_SHOWN)
    steps = [asked] if asked in _WORKED_ON else _WORKED_ON
    return keyset_page(request, _with_place(_on_board().filter(step__in=steps)), by="updated_at", size=_SHOWN)


def _sign(counts: dict[str, int]) -> list[Circle]:
    """How many are where. What the branch has not made known yet is not counted in public."""
    circles = sign_with_counts(counts, reverse("board"))
    return [
        circle if step in _WORKED_ON else replace(circle, state="", count=None, url="")
        for step, circle in zip(FIVE, circles, strict=True)
    ]


def _hanging(today: date) -> list[Hanging]:
    """What is up, newest first; of one matter's agreement and result the later one only."""
    latest: dict[int, Hanging] = {}
    taken_up = StepRecord.objects.filter(
        issue=OuterRef("assignment_of_completion__issue"), from_step__in=_DONE_WITH, at__gt=OuterRef("created_at")
    ).exclude(to_step__in=_DONE_WITH)
    for posting in _told_on_board().up(today).annotate(taken_up=Exists(taken_up))[: 2 * _SHOWN]:
        issue = _issue_of(posting)
        again = posting.taken_up and issue.step not in _DONE_WITH
        latest.setdefault(issue.pk, Hanging(posting, reverse("board_issue", args=[issue.number]), again))
    return [*_scorings(today), *_honours(today), *latest.values()][:_SHOWN]


def _scorings(today: date) -> list[Hanging]:
    """The result of a quarter's scoring; once it was corrected, as it was corrected."""
    latest: dict[str, Hanging] = {}
    for posting in Posting.objects.up(today).filter(kind=PostingKind.SCORING)[:_SHOWN]:
        told = ScoringRound.objects.told_by(posting.pk).first()
        if told:
            latest.setdefault(told.label, Hanging(posting, reverse("board_scoring", args=[told.label])))
    return list(latest.values())


def _honours(today: date) -> list[Hanging]:
    """Who is to be honoured."""
    rows = Posting.objects.up(today).filter(kind=PostingKind.HONOUR)[:_SHOWN]
    return [Hanging(row, reverse("board_honour_posting", args=[row.pk])) for row in rows]


def _told_on_board() -> PostingQuerySet:
    """Postings that tell of a matter on the board, with that matter."""
    issues = Issue.objects.on_board()
    refused = Reopening.objects.filter(issue__in=issues, posting__isnull=False)
    told = Q(assignment_of_result__issue__in=issues) | Q(assignment_of_completion__issue__in=issues)
    postings = Posting.objects.filter(told | Q(pk__in=refused.values("posting")))
    found = postings.select_related("assignment_of_result__issue", "assignment_of_completion__issue")
    return found.prefetch_related(Prefetch("refusals", refused.select_related("issue")))


def _issue_of(posting: Posting) -> Issue:
    """The matter that it tells of: what was done or agreed, or why it is not taken up again."""
    for refusal in posting.refusals.all():
        return refusal.issue
    task: Any = getattr(posting, "assignment_of_completion", None) or posting.assignment_of_result
    return task.issue


def _coming_meeting() -> Meeting | None:
    """The next meeting that anybody may sign up for."""
    return Meeting.objects.ahead().filter(starts_at__gt=timezone.now()).order_by("starts_at").first()


def _photos(issue: Issue) -> tuple[list[Shot], list[Shot]]:
    """Photos of how it was, and of how it is since the work was reported."""
    handed_out = min((task.created_at for task in issue.assignments.all()), default=None)
    before: list[Shot] = []
    after: list[Shot] = []
    for row in issue.photos.all():
        later = handed_out is not None and row.created_at >= handed_out
        alt = _("%(title)s, how it is now") if later else _("%(title)s, how it was")
        (after if later else before).append(
            Shot(
                reverse("board_photo", args=[issue.number, row.photo_id, "medium"]),
                reverse("board_photo", args=[issue.number, row.photo_id, "small"]),
                alt % {"title": issue.title},
            )
        )
    return before, after


def _public(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("board/", board, name="board"),
    path("board/postings/<int:pk>/", board_posting, name="board_posting"),
    path("board/<issue:number>/", board_issue, name="board_issue"),
    path("board/<issue:number>/photos/<uuid:photo>/<slug:size>/", board_photo, name="board_photo"),
]

"""A dissatisfied rating goes to the branch, which answers within three working days.

It takes the matter up again (back to the same body with a new date, or to the branch) or refuses with a reason; the
reason of a public matter is posted. A household that changes its rating to satisfied beforehand settles it itself.
"""

from datetime import date

from django.db import transaction
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.workdays import calendar
from consultation.errors import ReopeningAnswered, WithoutAHandler, leads_to
from consultation.models import Assignment, Issue, Openness, Rating, Reopening, ReopeningState
from consultation.models.step5_evaluate import SATISFIED_FROM
from consultation.services import flow, telling
from consultation.steps import REOPENING_LIMIT, Step
from notices import postings
from notices.models import PostingKind


def follow(rating: Rating) -> None:
    """After a rating was given or changed: open, rewrite or settle its reopening. Call it in that transaction."""
    waiting = rating.reopenings.waiting().first()
    if rating.stars >= SATISFIED_FROM:
        if waiting:
            waiting.state, waiting.answered_at = ReopeningState.SETTLED, timezone.now()
            waiting.save(update_fields=["state", "answered_at", "updated_at"])
            touch("reopenings")
        return
    if waiting:
        waiting.stars, waiting.reason = rating.stars, rating.reason
        waiting.save(update_fields=["stars", "reason", "updated_at"])
        return
    if _refused_in_this_round(rating):
        return
    due = calendar.after(timezone.localdate(), REOPENING_LIMIT)
    Reopening.objects.create(
        issue=rating.issue,
        rating=rating,
        stars=rating.stars,
        reason=rating.reason,
        due_on=due.day,
        due_provisional=due.provisional,
    )
    touch("reopenings")


@transaction.atomic
def back_to_body(reopening: Reopening, *, due_on: date, note: str, by: Person) -> Assignment:
    """Taken up again by the body that did the work, with a new date; answers every rating of the matter that waits.

    Raises ReopeningAnswered, MoveNotAllowed, WithoutAHandler.
    """
    reopening = _waiting(reopening)
    issue = reopening.issue
    last = issue.assignments.select_related("body").order_by("-pk").first()
    if last is None:
        raise WithoutAHandler(actions=[leads_to(_("See the matter"), issue)])
    flow.advance(issue, Step.HANDLE, body=last.body, due_on=due_on, note=note, by=by)
    answer_all(issue, note=note, by=by)
    touch("assignments")
    return telling.hand_out(issue, body=last.body, task=note, due_on=due_on)


@transaction.atomic
def back_to_branch(reopening: Reopening, *, note: str, by: Person) -> Issue:
    """Taken up again by the branch, which sorts it anew. Raises ReopeningAnswered, MoveNotAllowed."""
    reopening = _waiting(reopening)
    issue = flow.advance(reopening.issue, Step.PROPOSE, note=note, by=by)
    answer_all(issue, note=note, by=by)
    return issue


@transaction.atomic
def refuse(reopening: Reopening, *, reason: str, by: Person) -> Reopening:
    """It stays as it is, for a reason that is posted when the matter is public. Raises ReopeningAnswered."""
    reopening = _waiting(reopening)
    issue = reopening.issue
    if issue.openness == Openness.PUBLIC:
        reopening.posting = postings.put_up(
            PostingKind.REFUSAL, title=issue.title, text=reason, today=timezone.localdate(), by=by
        )
    reopening.state, reopening.answer = ReopeningState.REFUSED, reason
    reopening.answered_at, reopening.answered_by = timezone.now(), by
    reopening.save(update_fields=["state", "answer", "answered_at", "answered_by", "posting", "updated_at"])
    touch("reopenings")
    return reopening


def answer_all(issue: Issue, *, note: str, by: Person) -> None:
    """The matter is taken up again: that answers every rating that waits. Call it in that transaction."""
    issue.reopenings.waiting().update(
        state=ReopeningState.TAKEN_UP,
        answer=note or str(_("taken up again")),
        answered_at=timezone.now(),
        answered_by=by,
        updated_at=timezone.now(),
    )
    touch("reopenings")


def require_waiting(reopening: Reopening) -> None:
    """Raise ReopeningAnswered unless the branch still has to answer it."""
    if reopening.state != ReopeningState.WAITING:
        actions = [leads_to(_("See the matter"), reopening.issue)]
        if reopening.posting_id:
            actions.append((_("See the posting"), reverse_lazy("posting", args=[reopening.posting_id])))
        raise ReopeningAnswered(state=ReopeningState(reopening.state).label, actions=actions)


def _waiting(reopening: Reopening) -> Reopening:
    """The row under a lock, the matter's row locked before it as when a rating is given."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=reopening.issue_id)
    reopening = Reopening.objects.select_for_update(of=("self",)).get(pk=reopening.pk)
    reopening.issue = issue
    require_waiting(reopening)
    return reopening


def _refused_in_this_round(rating: Rating) -> bool:
    """The branch's refusal stands until the matter has been worked on again."""
    round_began = rating.issue.records.filter(to_step=Step.EVALUATE).order_by("-at").values("at")[:1]
    return rating.reopenings.filter(state=ReopeningState.REFUSED, answered_at__gte=round_began).exists()

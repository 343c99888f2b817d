"""Step 5: those with a voice rate the result; the branch answers who is not satisfied, and closes.

A rating counts only with a voice: by the reporter's own link, by a signed-in member, or taken down by a steward for a
household. One per household and matter, changeable until closing. A dissatisfied one waits for the branch's answer.
"""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.accounts.models import hash_token, new_token
from compounds.organisation.models import Household, Person
from compounds.oversight.outbox import touch
from consultation import helped
from consultation.errors import (
    BodyMissing,
    Dissatisfied,
    MoveNotAllowed,
    NotPosted,
    NoVoice,
    ObjectionOpen,
    OutcomeNotHere,
    RatingClosed,
    ReopenedTooLate,
    leads_to,
)
from consultation.models import (
    Assignment,
    Issue,
    Openness,
    Outcome,
    Rating,
    RatingChannel,
    ResponsibleBody,
    Voice,
)
from consultation.services import flow, follow_up, referral, reopening, telling
from consultation.steps import MOVES, REOPEN_DAYS, Step
from notices.models import Objection

# Outcomes that say the work was done: only after somebody looked, or an answer came from above.
_AFTER_WORK = frozenset({Outcome.SOLVED, Outcome.PARTLY})
_WORK_SEEN = frozenset({Step.EVALUATE, Step.REFERRED})
# From earlier steps the way to the branch has names of its own: handing over, no consensus.
_TAKEN_UP_FROM = frozenset({Step.EVALUATE, Step.REFERRED, Step.CLOSED})


@transaction.atomic
def make_link(voice: Voice, *, by: Person) -> str:
    """The reporter's own link; earlier ones of the same voice stop working. Returns its token.

    Raises RatingClosed, and NoVoice when the voice has no household to count for.
    """
    issue = _being_rated(voice.issue)
    if voice.household_id is None:
        raise NoVoice(actions=[leads_to(_("See the matter"), issue)])
    token = new_token()
    voice.rating_hash, voice.rating_link_by = hash_token(token), by
    voice.save(update_fields=["rating_hash", "rating_link_by", "updated_at"])
    return token


def find_by_link(token: str) -> Voice | None:
    """The voice whose link has that token, or None. Changes nothing."""
    voices = Voice.objects.select_related("issue", "person", "household")
    return voices.filter(rating_hash=hash_token(token)).first()


@transaction.atomic
def rate(
    issue: Issue,
    *,
    household: Household,
    stars: int,
    reason: str,
    channel: RatingChannel,
    given_by: Person,
    witnessed_by: Person | None = None,
    by: Person | None,
) -> Rating:
    """Keep, or change, one household's rating. ``by`` is who took it down (None: by link), perhaps with a witness.

    Raises RatingClosed, and NoVoice for a household that does not stand behind the matter.
    """
    issue = _being_rated(issue)
    if not issue.voices.filter(household=household).exists():
        raise NoVoice(actions=[leads_to(_("See the matter"), issue)])
    rating, _created = Rating.objects.update_or_create(
        issue=issue,
        household=household,
        defaults={
            "stars": stars,
            "reason": reason,
            "channel": channel,
            "given_by": given_by,
            "recorded_by": by,
            "witnessed_by": witnessed_by,
        },
    )
    reopening.follow(rating)
    telling.rated(issue)
    touch("ratings")
    return rating


@transaction.atomic
def close(issue: Issue, *, outcome: Outcome, note: str, answerable: ResponsibleBody | None = None, by: Person) -> Issue:
    """End a matter, and say when somebody asks again. ``answerable``: whose it is when it is not ours.

    Raises MoveNotAllowed, OutcomeNotHere, BodyMissing, NotPosted, Dissatisfied.
    """
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if Step.CLOSED not in MOVES[Step(issue.step)]:
        raise MoveNotAllowed(issue, Step.CLOSED)
    if outcome not in outcomes_of(issue):
        raise OutcomeNotHere(outcome=outcome.label, actions=[leads_to(_("See the matter"), issue)])
    if outcome == Outcome.NOT_OURS and answerable is None:
        raise BodyMissing(actions=[leads_to(_("See the matter"), issue)])
    for hindrance in hindrances(issue):
        raise hindrance
    answerable = answerable if outcome == Outcome.NOT_OURS else None
    issue = flow.advance(issue, Step.CLOSED, outcome=outcome, answerable=answerable, note=note, by=by)
    referral.end_without_answer(issue, Step.CLOSED, by=by)
    follow_up.plan(issue)
    return issue


def outcomes_of(issue: Issue) -> list[Outcome]:
    """What the matter can end as where it stands; with a neighbour's help given, it is solved without handling."""
    seen = issue.step in _WORK_SEEN or helped.was_helped(issue)
    return [outcome for outcome in Outcome if seen or outcome not in _AFTER_WORK]


def hindrances(issue: Issue) -> list[NotPosted | Dissatisfied | ObjectionOpen]:
    """What still stands between a matter under evaluation and its closing; each one says what to do about it."""
    if issue.step != Step.EVALUATE:
        return []
    found: list[NotPosted | Dissatisfied | ObjectionOpen] = []
    told = issue.assignments.values_list("result_posting", "completion_posting")
    objection = Objection.objects.open().filter(posting__in={posting for pair in told for posting in pair}).first()
    if objection:
        found.append(ObjectionOpen(actions=[leads_to(_("Answer the objection"), objection)]))
    unposted = Assignment.objects.standing().filter(issue=issue, completion_posting=None).first()
    if issue.openness == Openness.PUBLIC and unposted:
        found.append(NotPosted(actions=[leads_to(_("Post the result"), unposted)]))
    if waiting := list(issue.reopenings.waiting()):
        reply = leads_to(_("Answer"), waiting[0])
        talk = (_("Change a rating"), reverse_lazy("rate_at_door", args=[issue.number]))
        found.append(Dissatisfied(count=len(waiting), actions=[reply, talk]))
    return found


@transaction.atomic
def take_up_again(issue: Issue, *, note: str, by: Person) -> Issue:
    """Back to the branch: somebody is not satisfied, or an answer came from above.

    Raises MoveNotAllowed, and ReopenedTooLate for a matter closed longer ago than REOPEN_DAYS.
    """
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    require_may_be_taken_up(issue)
    issue = flow.advance(issue, Step.PROPOSE, note=note, by=by)
    reopening.answer_all(issue, note=note, by=by)
    referral.end_without_answer(issue, Step.PROPOSE, by=by)
    return issue


def require_may_be_taken_up(issue: Issue) -> None:
    """Raise MoveNotAllowed or ReopenedTooLate unless this matter may be taken up again today."""
    if issue.step not in _TAKEN_UP_FROM:
        raise MoveNotAllowed(issue, Step.PROPOSE)
    require_not_closed_too_long(issue)


def require_not_closed_too_long(issue: Issue) -> None:
    """Raise ReopenedTooLate for a matter closed longer ago than REOPEN_DAYS."""
    if issue.closed_at and timezone.localdate() > timezone.localdate(issue.closed_at) + timedelta(days=REOPEN_DAYS):
        anew = (_("Carry it on as a new matter"), reverse_lazy("issue_take_up", args=[issue.number]))
        raise ReopenedTooLate(days=REOPEN_DAYS, actions=[anew])


def require_being_rated(issue: Issue) -> None:
    """Raise RatingClosed unless ratings of this matter are given now."""
    if issue.step != Step.EVALUATE:
        raise RatingClosed(now=Step(issue.step).label, actions=[leads_to(_("See the matter"), issue)])


def _being_rated(issue: Issue) -> Issue:
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    require_being_rated(issue)
    return issue

"""Step 5: those with a voice rate the result; the branch answers who is not satisfied, and closes.

A rating counts only with a voice: by the reporter's own link, by a signed-in member, or taken down by a steward for a
household. One per household and matter, changeable until closing.
"""

from django.db import transaction

from compounds.accounts.models import hash_token, new_token
from compounds.organisation.models import Household, Person
from compounds.oversight.outbox import touch
from consultation.errors import Dissatisfied, NotPosted, OutcomeNotHere, RatingClosed
from consultation.models import Assignment, Issue, Openness, Outcome, Rating, RatingChannel, RatingLink, Voice
from consultation.services import flow
from consultation.steps import Step

# Outcomes that say the work was done: only after somebody looked, or an answer came from above.
_AFTER_WORK = frozenset({Outcome.SOLVED, Outcome.PARTLY})
_WORK_SEEN = frozenset({Step.EVALUATE, Step.REFERRED})


@transaction.atomic
def make_link(voice: Voice, *, by: Person) -> str:
    """The reporter's own link; earlier ones of the same voice stop working. Returns its token. Raises RatingClosed."""
    issue = _being_rated(voice.issue)
    RatingLink.objects.filter(voice=voice).delete()
    token = new_token()
    RatingLink.objects.create(issue=issue, voice=voice, token_hash=hash_token(token), made_by=by)
    return token


def find_link(token: str) -> RatingLink | None:
    """The link behind a token, or None. Changes nothing."""
    return (
        RatingLink.objects.valid()
        .filter(token_hash=hash_token(token))
        .select_related("issue", "voice__person", "voice__household")
        .first()
    )


@transaction.atomic
def rate(
    issue: Issue,
    *,
    household: Household,
    stars: int,
    reason: str,
    channel: RatingChannel,
    given_by: Person,
    by: Person | None,
) -> Rating:
    """Keep, or change, one household's rating. ``by`` is who took it down (None: by link). Raises RatingClosed."""
    issue = _being_rated(issue)
    rating, _created = Rating.objects.update_or_create(
        issue=issue,
        household=household,
        defaults={
            "stars": stars,
            "reason": reason,
            "channel": channel,
            "given_by": given_by,
            "recorded_by": by,
        },
    )
    touch("ratings")
    return rating


@transaction.atomic
def close(issue: Issue, *, outcome: Outcome, note: str, by: Person) -> Issue:
    """End a matter. Raises MoveNotAllowed, OutcomeNotHere, NotPosted, Dissatisfied."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if outcome in _AFTER_WORK and issue.step not in _WORK_SEEN:
        raise OutcomeNotHere(outcome=outcome.label)
    if issue.step == Step.EVALUATE:
        _require_evaluated(issue)
    return flow.advance(issue, Step.CLOSED, outcome=outcome, note=note, by=by)


def take_up_again(issue: Issue, *, note: str, by: Person) -> Issue:
    """Back to the branch, because somebody is not satisfied. Raises MoveNotAllowed."""
    return flow.advance(issue, Step.PROPOSE, note=note, by=by)


def _require_evaluated(issue: Issue) -> None:
    unposted = Assignment.objects.filter(issue=issue, completion_posting=None)
    if issue.openness == Openness.PUBLIC and unposted.exists():
        raise NotPosted
    if count := issue.ratings.dissatisfied().count():
        raise Dissatisfied(count=count)


def _being_rated(issue: Issue) -> Issue:
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if issue.step != Step.EVALUATE:
        raise RatingClosed(now=Step(issue.step).label)
    return issue

"""Thirty days after closing the steward asks again (回访): still fine, or it came back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import AskedAlready, CarriedOnAlready, NotClosedAnyMore, leads_to
from consultation.models import FollowUp, FollowUpOutcome, Issue, Outcome, Voice
from consultation.services import flow
from consultation.steps import FOLLOW_UP_DAYS, REOPEN_DAYS, Step

# What may come back: nobody asks again about what was withdrawn, was not ours or was written down twice.
FOLLOWED_UP = frozenset({Outcome.SOLVED, Outcome.PARTLY, Outcome.PLANNED})


def plan(issue: Issue) -> None:
    """A matter was just closed: say when somebody asks again. Call it in that transaction."""
    if issue.outcome in FOLLOWED_UP and issue.closed_at:
        day = timezone.localdate(issue.closed_at) + timedelta(days=FOLLOW_UP_DAYS)
        # Closed, taken up again and closed once more: the one that still waits gets the new day.
        FollowUp.objects.update_or_create(issue=issue, asked_at=None, defaults={"due_on": day})
        touch("follow_ups")


@transaction.atomic
def still_fine(follow_up: FollowUp, *, note: str, by: Person) -> FollowUp:
    """Raises AskedAlready, NotClosedAnyMore."""
    follow_up = _unasked(follow_up)
    return _keep(follow_up, FollowUpOutcome.STILL_FINE, note=note, by=by)


@transaction.atomic
def came_back(follow_up: FollowUp, *, note: str, by: Person) -> Issue:
    """The matter is with the branch again: itself while it may be taken up, later as a new one that names it.

    Raises AskedAlready, NotClosedAnyMore.
    """
    follow_up = _unasked(follow_up)
    issue = follow_up.issue
    if carries_on_as_itself(issue):
        back = flow.advance(issue, Step.PROPOSE, note=note, by=by)
    else:
        follow_up.new_issue = back = _new_one(issue, note=note, by=by)
    _keep(follow_up, FollowUpOutcome.CAME_BACK, note=note, by=by)
    return back


@transaction.atomic
def carry_on(issue: Issue, *, note: str, by: Person) -> Issue:
    """What was closed longer ago than REOPEN_DAYS goes on as a new matter that names it, though nobody had asked.

    Raises NotClosedAnyMore, and CarriedOnAlready while that new matter is open.
    """
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if issue.step != Step.CLOSED:
        raise NotClosedAnyMore(actions=[leads_to(_("See the matter"), issue)])
    require_not_carried_on(issue)
    row, _made = FollowUp.objects.get_or_create(issue=issue, asked_at=None, defaults={"due_on": timezone.localdate()})
    row.new_issue = back = _new_one(issue, note=note, by=by)
    _keep(row, FollowUpOutcome.CAME_BACK, note=note, by=by)
    return back


def require_not_carried_on(issue: Issue) -> None:
    """Raise CarriedOnAlready while the matter that this one goes on as is open."""
    if new := Issue.objects.open().filter(carries_on_from__issue=issue).first():
        raise CarriedOnAlready(number=new.number, actions=[leads_to(_("See the matter"), new)])


def carries_on_as_itself(issue: Issue) -> bool:
    """Whether a closed matter may still be taken up itself today."""
    closed = issue.closed_at
    return closed is not None and timezone.localdate() <= timezone.localdate(closed) + timedelta(days=REOPEN_DAYS)


def require_waiting(follow_up: FollowUp) -> None:
    """Raise AskedAlready or NotClosedAnyMore unless somebody is still to ask."""
    see = [leads_to(_("See the matter"), follow_up.issue)]
    if follow_up.asked_at and follow_up.asked_by:
        raise AskedAlready(name=follow_up.asked_by.name, outcome=follow_up.get_outcome_display(), actions=see)
    if follow_up.issue.step != Step.CLOSED:
        raise NotClosedAnyMore(actions=see)


def _unasked(follow_up: FollowUp) -> FollowUp:
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=follow_up.issue_id)
    follow_up = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    follow_up.issue = issue
    require_waiting(follow_up)
    return follow_up


def _keep(follow_up: FollowUp, outcome: FollowUpOutcome, *, note: str, by: Person) -> FollowUp:
    follow_up.outcome, follow_up.note = outcome, note
    follow_up.asked_at, follow_up.asked_by = timezone.now(), by
    follow_up.save(update_fields=["outcome", "note", "asked_at", "asked_by", "new_issue", "updated_at"])
    touch("follow_ups")
    return follow_up


def _new_one(old: Issue, *, note: str, by: Person) -> Issue:
    """The same matter anew, at the branch, with everybody who stood behind the old one."""
    new = Issue(
        title=old.title,
        said=note,
        category=old.category,
        openness=old.openness,
        building=old.building,
        entrance=old.entrance,
        place_note=old.place_note,
        spoken_by=old.spoken_by,
        recorded_by=by,
    )
    flow.begin(new, by=by)
    Voice.objects.bulk_create(
        Voice(issue=new, person_id=voice.person_id, household_id=voice.household_id, recorded_by=by)
        for voice in old.voices.all()
    )
    touch("voices")
    return flow.advance(new, Step.PROPOSE, note=str(_("It came back: %(number)s")) % {"number": old.number}, by=by)

"""Whatever happens to wake-ups and workers: the same reminders and levels in the end, each once."""

import contextlib
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from compounds.jobs import due
from compounds.organisation.models import PostKind
from compounds.oversight.models import Outbox
from compounds.oversight.outbox import touch
from consultation.models import Escalation, Issue
from consultation.services import escalation, flow
from consultation.steps import Step
from notices import reminders
from notices.models import Digest, Reminder
from notices.reminders import KIND
from notices.reminding import engine
from tests.consultation.days import at, on
from tests.factories import BodyFactory, IssueFactory, PersonFactory

pytestmark = pytest.mark.usefixtures("begun")


class Killed(Exception):
    """The worker dies here; its transaction is rolled back by the server."""


def woken(now: datetime) -> None:
    """The minute's wake-up: only if the due row says so, as many times as there are messages."""
    if (KIND, "c_north") in due.waiting(now):
        engine.look(now)


def doubled(now: datetime) -> None:
    for _ in range(2):
        engine.look(now)


def killed_before_telling(now: datetime) -> None:
    """What is done before people are told is committed by itself; the rest is not."""
    escalation.run(now)
    with transaction.atomic():
        engine.look(now)
        raise Killed


def killed_at_once(now: datetime) -> None:
    with transaction.atomic():
        escalation.run(now)
        raise Killed


def lost(now: datetime) -> None:
    """The message never came, or the broker was emptied."""


def restarted(now: datetime) -> None:
    """Worker and beat begin anew: what they had in memory is gone, the night's look comes again."""
    engine.look(now)


def set_back(now: datetime) -> None:
    """The clock is wrong by a day and a half."""
    with time_machine.travel(now - timedelta(hours=36), tick=False):
        engine.look(timezone.now())


HAPPENINGS = [woken, doubled, killed_before_telling, killed_at_once, lost, restarted, set_back]
# From before it is due, through Spring Festival, to the demand of the office above.
MOMENTS = [
    "2026-02-13 00:10",
    "2026-02-13 12:00",
    "2026-02-14 08:00",
    "2026-02-25 00:10",
    "2026-03-02 09:00",
    "2026-03-05 00:10",
]
LAST = "2026-03-06 12:00"


def written() -> dict[str, Any]:
    return {
        "levels": sorted(Escalation.objects.values_list("level", "reason")),
        "late": sorted(Reminder.objects.exclude(kind__in=PASSING).values_list("kind", "person__name")),
        "doubled": Reminder.objects.count() - len(set(Reminder.objects.values_list("kind", "key", "person"))),
        "digests": Digest.objects.count() - len(set(Digest.objects.values_list("person", "day"))),
        "out": sorted(Outbox.objects.filter(kind__startswith="out ").values_list("kind", flat=True)) == _all_once(),
    }


# Of what is only worth telling before it is due, less is told when nobody woke in time; never more. So it is with a
# month in which nothing is planned: it is told before the month, or on a day of it.
PASSING = ("issue_soon", "issue_due", "month_without_activity")
EXPECTED = {
    "levels": [("branch", "late"), ("general", "late"), ("office", "late")],
    "late": [("escalated", "书记"), ("escalated", "总支"), ("issue_overdue", "书记"), ("supervision", "书记")],
    "doubled": 0,
    "digests": 0,
    "out": True,
}


def keep(going: list[reminders.Outgoing]) -> None:
    """A channel's rows, which are rolled back with the look that asked for them."""
    for outgoing in going:
        for row in outgoing.reminders:
            touch(f"out {row.pk}")


def _all_once() -> list[str]:
    return sorted(f"out {pk}" for pk in Reminder.objects.out(at(LAST)).values_list("pk", flat=True))


@pytest.fixture
def begun(north) -> None:
    """A matter that is promised; every sequence begins here, and is taken back to here."""
    with on("2026-02-11"):
        by = PersonFactory(name="书记", posts=[PostKind.BRANCH_SECRETARY])
        PersonFactory(name="总支", posts=[PostKind.GENERAL_SECRETARY])
        issue = IssueFactory(step=Step.PROPOSE, recorded_by=by)
        due_on = at("2026-02-14").date()
        flow.advance(issue, Step.HANDLE, body=BodyFactory(), due_on=due_on, by=by)
    assert Issue.objects.get().due_on == due_on


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
)
@given(st.lists(st.sampled_from(HAPPENINGS), min_size=len(MOMENTS), max_size=len(MOMENTS)))
def test_any_sequence_gives_the_same_rows(happenings):
    reminders.CHANNELS.append(keep)
    point = transaction.savepoint_create()
    try:
        for moment, happening in zip(MOMENTS, happenings, strict=True):
            _happen(happening, at(moment))
        for _ in range(2):
            _happen(restarted, at(LAST))

        assert written() == EXPECTED
    finally:
        transaction.savepoint_rollback(point)
        reminders.CHANNELS.remove(keep)


def _happen(happening: Any, moment: datetime) -> None:
    with time_machine.travel(moment, tick=False), contextlib.suppress(Killed):
        happening(timezone.now())

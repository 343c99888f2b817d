"""A real worker on the real broker: each reminder and each level up exists once, whatever happens to messages."""

import threading
from datetime import timedelta

from django.db import connection, connections, transaction
from django.utils import timezone

from compounds.jobs import due, nightly, runs
from compounds.jobs.models import Call, Due, Run, RunState
from compounds.organisation.models import Person, PostKind
from compounds.registry.context import compound_context
from consultation.models import Escalation, Issue
from consultation.services import flow
from consultation.steps import Step
from notices.models import Digest, Reminder
from notices.reminders import KIND
from tests.committing import YARD
from tests.factories import BodyFactory, IssueFactory, PersonFactory
from tests.worker.running import forget_messages, kill, messages, until


def a_late_matter() -> None:
    """Promised for a day that is long past, so late enough for every level."""
    with compound_context(YARD), transaction.atomic():
        by = Person.objects.filter(posts__kind=PostKind.BRANCH_SECRETARY).first()
        by = by or PersonFactory(name="书记", posts=[PostKind.BRANCH_SECRETARY])
        issue = IssueFactory(step=Step.PROPOSE, recorded_by=by)
        flow.advance(issue, Step.HANDLE, body=BodyFactory(), due_on=timezone.localdate() - timedelta(days=60), by=by)


def rows() -> dict[str, list]:
    """Everything that came of the matter, without keys and times; that nothing is planned this month is told too."""
    with compound_context(YARD):
        of_matters = Reminder.objects.exclude(kind="month_without_activity")
        return {
            "reminders": sorted(of_matters.values_list("kind", "key", "person__name")),
            "digests": sorted(Digest.objects.values_list("person__name", "day")),
            "levels": sorted(Escalation.objects.values_list("issue__number", "level", "reason")),
        }


def told() -> bool:
    return bool(rows()["reminders"]) and messages() == 0


def once(matters: int = 1) -> None:
    found = rows()
    kinds = [kind for kind, _key, _name in found["reminders"]]
    # The general branch has nobody here, so that the branch is told in its place.
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "issue_overdue": matters,
        "escalated": 2 * matters,
        "supervision": matters,
    }
    assert len(found["levels"]) == 3 * matters
    assert len(found["digests"]) == 1


def time_passes() -> None:
    """The due time comes, without waiting for it; a minute's wake-up."""
    now = timezone.now()
    Due.objects.filter(kind=KIND).update(due_at=now - timedelta(seconds=1))
    due.wake(now)


def test_a_matter_that_is_late_is_told_and_taken_up_by_the_next_wake_up(start_worker, files):
    a_late_matter()
    start_worker()

    time_passes()

    until(told, "everybody is told", files)
    once()


def test_a_lost_message_is_found_by_the_next_wake_up(start_worker, files):
    a_late_matter()
    time_passes()
    forget_messages()
    start_worker()

    time_passes()

    until(told, "everybody is told", files)
    once()


def test_messages_that_come_many_times_at_two_workers_tell_once(start_worker, files):
    a_late_matter()
    for _ in range(6):
        time_passes()
    assert messages() == 6

    start_worker()
    start_worker()

    until(told, "everybody is told", files)
    once()


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(start_worker, files):
    a_late_matter()
    held, let_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=_hold_the_due_row, args=[held, let_go])
    holder.start()
    held.wait(timeout=30)
    first = start_worker()
    due.wake(timezone.now() + timedelta(minutes=1))
    until(_waits_for_the_row, "the first worker is in the middle", files)
    # What comes before people are told has been done by then, the reminders have not.
    assert rows()["reminders"] == []

    kill(first)
    let_go.set()
    holder.join(timeout=30)
    forget_messages()
    start_worker()
    time_passes()

    until(told, "everybody is told", files)
    once()


def test_the_night_is_the_net_for_a_due_row_that_is_gone(start_worker, files):
    a_late_matter()
    Due.objects.all().delete()
    Call.objects.all().delete()
    start_worker()

    nightly.catch_up(timezone.now())
    nightly.catch_up(timezone.now())

    until(_night_is_over, "the night's work is done", files)
    once()


def _night_is_over() -> bool:
    states = set(Run.objects.filter(kind=KIND).values_list("state", flat=True))
    if RunState.QUEUED in states:
        runs.offer(timezone.now())
    return states == {RunState.DONE}


def _hold_the_due_row(held: threading.Event, let_go: threading.Event) -> None:
    try:
        with compound_context(YARD), transaction.atomic():
            due.not_later_than(KIND, timezone.now())
            held.set()
            let_go.wait(timeout=60)
    finally:
        connections.close_all()


def _waits_for_the_row() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%jobs_due%'"
        )
        waiting: int = cursor.fetchone()[0]
    return waiting > 0 and _taken_up()


def _taken_up() -> bool:
    with compound_context(YARD):
        return Issue.objects.exists() and Escalation.objects.exists()

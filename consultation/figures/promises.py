"""Promises kept, late and open, by the kind of body that made them."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Alarm, Figure, Good, Kind, Over, Value, register
from compounds.oversight.periods import Period
from consultation import promises
from consultation.models import Assignment, BodyKind
from consultation.models.step4_handle import AssignmentQuerySet
from consultation.promises import KEPT, LATE
from consultation.promises import OPEN as STILL_OPEN

_OTHERS = "others"
BODIES = {
    BodyKind.PROPERTY_COMPANY.value: BodyKind.PROPERTY_COMPANY.label,
    BodyKind.OWNERS_COMMITTEE.value: BodyKind.OWNERS_COMMITTEE.label,
    BodyKind.BRANCH.value: BodyKind.BRANCH.label,
    _OTHERS: _("all other bodies"),
}
_DEFINITIONS = {
    KEPT: _("Tasks due this quarter that were reported done in time. What the branch took back does not count."),
    LATE: _(
        "Tasks due this quarter that were reported done later, and all that still are not though their day has passed, "
        "whenever they were due."
    ),
    STILL_OPEN: _("Tasks not reported done whose day has not passed yet."),
}
NAMES = {KEPT: _("Promises kept"), LATE: _("Promises late"), STILL_OPEN: _("Promises open")}
_GOOD = {KEPT: Good.UP, LATE: Good.DOWN, STILL_OPEN: Good.NEITHER}

KEPT_PERCENT = Figure(
    key="promises_kept_percent",
    name=_("Promises kept"),
    definition=_(
        "Promises kept, of those kept and those late: tasks of this quarter, and earlier ones as long as they are not "
        "reported done."
    ),
    kind=Kind.PERCENT,
    good=Good.UP,
    over=Over.QUARTER,
    unit="%",
    alarm=Alarm(watch=80, act=60),
    family=_("Promises"),
    headline=True,
    chart=_("Promises kept"),
)
# What became of it → whose promise → the figure.
BY_BODY: dict[str, dict[str, Figure]] = {
    what: {
        body: Figure(
            key=f"promises_{what}_{body}",
            name=name,
            definition=_DEFINITIONS[what],
            kind=Kind.COUNT,
            good=_GOOD[what],
            over=Over.NOW if what == STILL_OPEN else Over.QUARTER,
            family=NAMES[what],
        )
        for body, name in BODIES.items()
    }
    for what in (KEPT, LATE, STILL_OPEN)
}


def by_body(period: Period, on: date, *, of: AssignmentQuerySet | None = None) -> dict[str, dict[str, int]]:
    """For each of kept, late and open the number of promises by kind of body; ``of`` some tasks, or of all."""
    due = Q(due_on__gte=period.first, due_on__lte=period.last)
    # What nobody has done yet stays late when its quarter is over.
    left_over = Q(due_on__lt=period.first, reported_at__isnull=True)
    counted = {
        KEPT: Count("pk", filter=promises.condition(KEPT, on) & due),
        LATE: Count("pk", filter=promises.condition(LATE, on) & (due | left_over)),
        STILL_OPEN: Count("pk", filter=promises.condition(STILL_OPEN, on)),
    }
    tasks = Assignment.objects.all() if of is None else of
    rows: Any = tasks.standing().order_by().values("body__kind").annotate(**counted)
    found: dict[str, dict[str, int]] = {what: defaultdict(int) for what in counted}
    for row in rows:
        body = row["body__kind"] if row["body__kind"] in BODIES else _OTHERS
        for what in counted:
            found[what][body] += row[what]
    return found


def _count(on: date) -> dict[str, Value]:
    quarter = periods.quarter_to(on)
    today = timezone.localdate()
    # Due later in the quarter is open still, so the quarter's end does not matter. A day is counted as it ended; a
    # quarter that is over is counted again for some weeks, and what was due on its last day is late by then.
    found = by_body(quarter, on if today - on <= timedelta(days=1) else today)
    kept, late = sum(found[KEPT].values()), sum(found[LATE].values())
    values = {KEPT_PERCENT.key: Value(kept, kept + late)}
    for what, figures in BY_BODY.items():
        values |= {figure.key: Value(found[what][body]) for body, figure in figures.items()}
    return values


register(KEPT_PERCENT, *(figure for figures in BY_BODY.values() for figure in figures.values()), count=_count)

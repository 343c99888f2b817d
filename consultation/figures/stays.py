"""How long each step takes."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from compounds.oversight.periods import Period
from consultation.steps import OPEN, Step

DEFINITION = _(
    "Median of the days that matters stayed at this step and left it in the period: half of them were quicker, half "
    "slower. Time on hold is included."
)
DAYS_AT = {
    step: Figure(
        key=f"days_{step.value}",
        name=step.label,
        definition=DEFINITION,
        kind=Kind.MEDIAN,
        good=Good.DOWN,
        over=Over.QUARTER,
        unit=_("days"),
        family=_("How long each step takes"),
    )
    for step in OPEN
}
# A stay at a step ends with the next move. Only those that ended in the period count: no open one bends the median.
_MEDIANS = """
    WITH stay AS (
        SELECT to_step, at, lead(at) OVER (PARTITION BY issue_id ORDER BY at, id) AS left_at
        FROM consultation_steprecord
    )
    SELECT to_step, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM left_at - at) / 86400)
    FROM stay WHERE left_at >= %s AND left_at < %s GROUP BY to_step
"""


@dataclass(frozen=True)
class Stay:
    """How long matters stayed at one step: the median in days, of so many stays (None: no stay ended)."""

    step: Step
    median: float | None
    stays: int


def stays(period: Period) -> list[Stay]:
    """Each step that is open, in the order of the diagram."""
    with connection.cursor() as cursor:
        cursor.execute(_MEDIANS, [period.start, period.end])
        found = {step: (float(median), count) for step, count, median in cursor.fetchall()}
    return [Stay(step, *found.get(step, (None, 0))) for step in OPEN]


def _count(on: date) -> dict[str, Value]:
    return {DAYS_AT[stay.step].key: Value(stay.median or 0.0, stay.stays) for stay in stays(periods.quarter_to(on))}


register(*DAYS_AT.values(), count=_count)

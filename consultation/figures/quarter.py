"""One quarter of a compound, for its charts: every figure counted by the function that its definition belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from compounds.oversight.periods import Period
from consultation.figures.matters import INSIDE, settled_inside
from consultation.figures.promises import by_body
from consultation.figures.ratings import SATISFACTION, satisfaction
from consultation.figures.stays import Stay, stays
from consultation.figures.year import Line
from consultation.models import Issue, StepRecord
from consultation.models.step4_handle import AssignmentQuerySet
from consultation.quarters import Quarter
from consultation.steps import Step

# How many quarters satisfaction is compared over.
COMPARED = 5


@dataclass(frozen=True)
class Stood:
    """How many matters stood at each step at the beginning of a quarter and at its end, or now."""

    then: Mapping[Step, int]
    now: Mapping[Step, int]


@dataclass(frozen=True)
class Told:
    """What a quarter's charts tell on a day: what lies behind that day at most."""

    quarter: Quarter
    today: date
    inside: Line
    stays: list[Stay]
    stays_before: list[Stay]
    satisfaction: dict[Quarter, Line]
    promises: dict[str, dict[str, int]]

    @property
    def is_over(self) -> bool:
        return self.quarter.last < self.today


def of_quarter(quarter: Quarter, today: date, *, promises_of: AssignmentQuerySet) -> Told:
    """Costs the same number of queries however much happened. ``promises_of``: the tasks whose promises are counted."""
    period = Period(quarter.first, min(quarter.last, today))
    quarters = list(reversed(_last(quarter, COMPARED)))
    return Told(
        quarter,
        today,
        inside=Line(INSIDE, settled_inside(period)),
        stays=stays(period),
        stays_before=stays(Quarter.before(quarter.first).period),
        satisfaction={one: Line(SATISFACTION, satisfaction(one.period)) for one in quarters},
        promises=by_body(period, today, of=promises_of),
    )


def stood(quarter: Quarter, now: datetime) -> Stood:
    """By the history of every matter, confidential ones too."""
    return Stood(at_steps(quarter.period.start), at_steps(min(quarter.period.end, now)))


def at_steps(moment: datetime) -> dict[Step, int]:
    """How many matters stood at each step just before a moment; of now, it is what is registered as open there."""
    last = StepRecord.objects.filter(at__lt=moment).order_by("issue", "-at", "-pk").distinct("issue")
    found = StepRecord.objects.filter(pk__in=last.values("pk")).order_by().values_list("to_step").annotate(Count("pk"))
    return {Step(step): count for step, count in found}


def newest_quarters(today: date, count: int) -> list[Quarter]:
    """The quarters that there is something to tell of, the newest first."""
    first = Issue.objects.order_by("created_at").values_list("created_at", flat=True).first()
    found = _last(Quarter.of(today), count)
    return [one for one in found if one.period.end > first] if first else found[:1]


def _last(quarter: Quarter, count: int) -> list[Quarter]:
    found = [quarter]
    while len(found) < count:
        found.append(Quarter.before(found[-1].first))
    return found

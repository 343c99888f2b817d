"""Which limits hold here: the district's, the compound's own in their place, a category's before both."""

from dataclasses import dataclass
from typing import Any

from compounds.workdays import calendar, limits
from compounds.workdays.calendar import Calendar
from consultation.limits import LIMITS
from consultation.models import Category, ConsultationSettings, Issue, Urgency
from consultation.steps import Step


@dataclass(frozen=True)
class Limits:
    """All limits of one compound, read once."""

    values: dict[str, int]
    of_categories: dict[int, dict[Step, int]]

    def days(self, step: Step, category: int) -> int | None:
        """Working days that a step may take; None where something else says so."""
        return self.of_categories[category].get(step, self.values.get(f"{step.value}_days"))

    def hours(self, step: Step) -> int | None:
        """Clock hours that the step may take for what is urgent; None where urgency makes no difference."""
        return self.values.get(f"{step.value}_hours")


def read() -> Limits:
    """Three queries."""
    return Limits(_values(), {row.pk: row.own_limits for row in Category.objects.all()})


def read_for(category: Category) -> tuple[Limits, Calendar]:
    """Of matters of one category only, and the calendar: all that a clock begins with. One query."""
    read_along = {"of_district": limits.as_column(), "of_calendar": calendar.as_column()}
    row: Any = ConsultationSettings.objects.filter(pk=1).annotate(**read_along).first()
    own = {category.pk: category.own_limits}
    if row is None:
        return Limits(_values(), own), calendar.read()
    return Limits(_held(row, limits.of_column(row.of_district)), own), calendar.of_column(row.of_calendar)


def _values() -> dict[str, int]:
    return _held(ConsultationSettings.current(), limits.of_district())


def _held(row: ConsultationSettings, of_district: dict[str, int]) -> dict[str, int]:
    own = {key: value for key in LIMITS if (value := getattr(row, key)) is not None}
    return {key: value for key, value in of_district.items() if key in LIMITS} | own


def is_urgent(issue: Issue) -> bool:
    """Its kind is a danger, or the branch sorted it as urgent."""
    return is_danger(issue.category) or (
        issue.pk is not None
        and issue.proposals.order_by("-pk").values_list("urgency", flat=True).first() == Urgency.URGENT
    )


def is_danger(category: Category) -> bool:
    """Fire, gas, a trapped lift: a kind with numbers to call first."""
    return bool(category.emergency_numbers)

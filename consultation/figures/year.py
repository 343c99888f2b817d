"""The compound's figures of one year, each counted from the rows by the definition that the district sees too."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Figure, Kind, Value
from consultation.figures.matters import INSIDE, REOPENED, REPORTED, reopened, reported_in_time, settled_inside
from consultation.figures.ratings import SATISFACTION, satisfaction
from consultation.figures.stays import Stay, stays
from consultation.models import Issue, StepRecord
from consultation.steps import Step

TAKEN_UP_DEFINITION = _("Times in the period that a finished matter went back because somebody was not satisfied.")


@dataclass(frozen=True)
class Line:
    """One figure of the year with its definition."""

    figure: Figure
    value: Value

    @property
    def number(self) -> float | None:
        return self.figure.number(self.value)

    @property
    def shown(self) -> str:
        return self.figure.text(self.value)

    @property
    def is_small(self) -> bool:
        return self.figure.is_small(self.value)

    @property
    def is_share(self) -> bool:
        return self.figure.kind == Kind.PERCENT


@dataclass(frozen=True)
class Year:
    """One year of one compound."""

    inside: Line
    satisfaction: Line
    reopened: Line
    reported: Line
    taken_up: int
    stays: list[Stay]

    @property
    def lines(self) -> list[Line]:
        return [self.inside, self.satisfaction, self.reopened, self.reported]


def of_year(year: int) -> Year:
    """Costs the same number of queries however much happened."""
    period = periods.year(year)
    back = Q(from_step=Step.EVALUATE, to_step__in=[Step.HANDLE, Step.PROPOSE])
    moves = StepRecord.objects.filter(at__gte=period.start, at__lt=period.end)
    return Year(
        inside=Line(INSIDE, settled_inside(period)),
        satisfaction=Line(SATISFACTION, satisfaction(period)),
        reopened=Line(REOPENED, reopened(period)),
        reported=Line(REPORTED, reported_in_time(period)),
        taken_up=moves.aggregate(n=Count("pk", filter=back))["n"],
        stays=stays(period),
    )


def years() -> list[int]:
    """The years in which something was recorded, the newest first."""
    return list(Issue.objects.order_by("-year").values_list("year", flat=True).distinct())

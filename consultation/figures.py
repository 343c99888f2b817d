"""The compound's figures of one year, each counted from the rows by one definition. Days and years are local."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Avg, Count, Exists, F, OuterRef, Q
from django.utils import timezone

from consultation.models import Issue, MandatoryReport, Outcome, Rating, StepRecord
from consultation.steps import FIVE, Step

# A stay at a step ends with the next move. Only those that ended in the year count: no open one bends the median.
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


@dataclass(frozen=True)
class Figures:
    """One year of one compound."""

    closed: int
    inside: int
    ratings: int
    mean: float | None
    reopened: int
    taken_up: int
    to_report: int
    reported_in_time: int
    stays: list[Stay]

    @property
    def inside_percent(self) -> float | None:
        return 100 * self.inside / self.closed if self.closed else None

    @property
    def reported_percent(self) -> float | None:
        return 100 * self.reported_in_time / self.to_report if self.to_report else None


def of_year(year: int) -> Figures:
    """Costs the same number of queries however much happened."""
    start, end = _bounds(year)
    closed = _closed(start, end)
    ratings = Rating.objects.filter(updated_at__gte=start, updated_at__lt=end).aggregate(
        n=Count("pk"), mean=Avg("stars")
    )
    moves = StepRecord.objects.filter(at__gte=start, at__lt=end).aggregate(
        reopened=Count("pk", filter=Q(from_step=Step.CLOSED)),
        taken_up=Count("pk", filter=Q(from_step=Step.EVALUATE, to_step__in=[Step.HANDLE, Step.PROPOSE])),
    )
    to_report, in_time = _reports(start, end)
    return Figures(
        closed=closed["all"],
        inside=closed["inside"],
        ratings=ratings["n"],
        mean=ratings["mean"],
        reopened=moves["reopened"],
        taken_up=moves["taken_up"],
        to_report=to_report,
        reported_in_time=in_time,
        stays=_stays(start, end),
    )


def years() -> list[int]:
    """The years in which something was recorded, the newest first."""
    return list(Issue.objects.order_by("-year").values_list("year", flat=True).distinct())


def _closed(start: datetime, end: datetime) -> dict[str, int]:
    moved = StepRecord.objects.filter(issue=OuterRef("pk"))
    counted = (
        Issue.objects.filter(step=Step.CLOSED, closed_at__gte=start, closed_at__lt=end, category__must_report=False)
        .exclude(outcome__in=[Outcome.DUPLICATE, Outcome.WITHDRAWN])
        .annotate(
            referred=Exists(moved.filter(to_step=Step.REFERRED)), reopened=Exists(moved.filter(from_step=Step.CLOSED))
        )
    )
    return counted.aggregate(
        all=Count("pk"), inside=Count("pk", filter=Q(outcome=Outcome.SOLVED, referred=False, reopened=False))
    )


def _reports(start: datetime, end: datetime) -> tuple[int, int]:
    had_to = Issue.objects.filter(category__must_report=True, created_at__gte=start, created_at__lt=end).exclude(
        outcome__in=[Outcome.DUPLICATE, Outcome.WITHDRAWN]
    )
    in_time = MandatoryReport.objects.filter(reported_at__lte=F("due_at"), issue__in=had_to)
    return had_to.count(), in_time.count()


def _stays(start: datetime, end: datetime) -> list[Stay]:
    with connection.cursor() as cursor:
        cursor.execute(_MEDIANS, [start, end])
        found = {step: (median, stays) for step, stays, median in cursor.fetchall()}
    return [Stay(step, *found.get(step, (None, 0))) for step in (*FIVE, Step.REFERRED)]


def _bounds(year: int) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    return (
        datetime(first.year, first.month, first.day, tzinfo=zone),
        datetime(after.year, after.month, after.day, tzinfo=zone),
    )

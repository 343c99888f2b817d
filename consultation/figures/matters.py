"""Matters: how many stand where, how many came and went, how many were settled inside the compound."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models import Value as Constant
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Post
from compounds.oversight import periods
from compounds.oversight.figures import Alarm, Figure, Good, Kind, Over, Value, register
from compounds.oversight.periods import Period
from compounds.workdays.lateness import moment
from consultation.models import Issue, Outcome, StepRecord
from consultation.models.issue import IssueQuerySet
from consultation.policies import OWNING
from consultation.steps import OPEN, Step

# What was never a matter of its own is left out of every share.
_NOT_COUNTED = (Outcome.DUPLICATE, Outcome.WITHDRAWN)
_NOW: dict[str, Any] = {"kind": Kind.COUNT, "over": Over.NOW, "family": _("Open matters")}
_OPEN_CHART = _("Open and overdue")
_FLOW: dict[str, Any] = {"kind": Kind.COUNT, "good": Good.NEITHER, "family": _("Come and gone")}
_IN_TIME = Q(mandatory_report__isnull=False, mandatory_report__reported_at__lte=F("mandatory_report__due_at"))
_SHARE: dict[str, Any] = {"kind": Kind.PERCENT, "over": Over.QUARTER, "unit": "%", "family": _("What came of it")}

OPEN_FIGURE = Figure(
    key="open",
    name=_("Open matters"),
    definition=_("Matters that are not closed, confidential ones too."),
    good=Good.NEITHER,
    **_NOW,
    headline=True,
    chart=_OPEN_CHART,
)
AT_STEP = {
    step: Figure(
        key=f"open_{step.value}",
        name=step.label,
        definition=_("Open matters that stand at this step."),
        good=Good.NEITHER,
        **_NOW,
    )
    for step in OPEN
}
OVERDUE = Figure(
    key="overdue",
    name=_("Overdue"),
    definition=_("Open matters whose due date has passed. What is on hold is not late: its clock stands still."),
    good=Good.DOWN,
    **_NOW,
    chart=_OPEN_CHART,
)
OVERDUE_PERCENT = Figure(
    key="overdue_percent",
    name=_("Overdue, of all open"),
    definition=_("Overdue matters, of all open ones."),
    kind=Kind.PERCENT,
    good=Good.DOWN,
    over=Over.NOW,
    unit="%",
    alarm=Alarm(watch=10, act=25),
    family=_NOW["family"],
    headline=True,
)
UNOWNED = Figure(
    key="unowned",
    name=_("Nobody owns it"),
    definition=_(
        "Open matters whose unit of the tree has nobody serving who must act, or whose responsible body is no longer "
        "in use."
    ),
    good=Good.DOWN,
    alarm=Alarm(watch=1, act=3),
    **_NOW,
    headline=True,
)
OPENED_MONTH = Figure(
    key="opened_month",
    name=_("Opened this month"),
    definition=_("Matters first written down this month."),
    over=Over.MONTH,
    **_FLOW,
)
CLOSED_MONTH = Figure(
    key="closed_month",
    name=_("Closed this month"),
    definition=_("Matters closed this month and still closed, whatever the outcome."),
    over=Over.MONTH,
    **_FLOW,
)
OPENED = Figure(
    key="opened",
    name=_("Opened this quarter"),
    definition=_("Matters first written down this quarter."),
    over=Over.QUARTER,
    **_FLOW,
)
CLOSED = Figure(
    key="closed",
    name=_("Closed this quarter"),
    definition=_("Matters closed this quarter and still closed, whatever the outcome."),
    over=Over.QUARTER,
    **_FLOW,
)
INSIDE = Figure(
    key="inside",
    name=_("Settled inside the compound"),
    definition=_(
        "Closed as solved, never passed upward and not reopened, of all that was closed in the period; without "
        "duplicates, what was withdrawn and what must be reported."
    ),
    good=Good.UP,
    alarm=Alarm(watch=80, act=60),
    **_SHARE,
    headline=True,
    sentence=_("%(share)s of what was closed this quarter was settled inside the compounds"),
    chart=_("Settled inside the compound"),
)
REOPENED = Figure(
    key="reopened",
    name=_("Reopened after closing"),
    definition=_(
        "Matters closed in the period that went back to the branch afterwards, of all that were closed in it; without "
        "duplicates and what was withdrawn."
    ),
    good=Good.DOWN,
    alarm=Alarm(watch=10, act=25),
    **_SHARE,
)
REPORTED = Figure(
    key="reported",
    name=_("Reported in time"),
    definition=_(
        "Matters written down in the period whose kind must be reported to an authority (safety, law, petition), "
        "reported within the hours set for their kind, of those that were reported or whose hours are over."
    ),
    good=Good.UP,
    fewest_cases=1,
    **_SHARE,
)
REPORTED_LATE = Figure(
    key="reported_late",
    name=_("Not reported in time"),
    definition=_(
        "Matters that must be reported to an authority and still are not though their hours are over, whenever they "
        "were written down, and those of this quarter that were reported late. Ranks above every other alarm."
    ),
    kind=Kind.COUNT,
    good=Good.DOWN,
    over=Over.QUARTER,
    alarm=Alarm(watch=1, act=1, first=True),
    family=_SHARE["family"],
    headline=True,
)


def settled_inside(period: Period) -> Value:
    """Of all closed in the period, those settled inside (问题不上交)."""
    moved = StepRecord.objects.filter(issue=OuterRef("pk"))
    counted = (
        _closed_in(period)
        .filter(category__must_report=False)
        .exclude(outcome__in=_NOT_COUNTED)
        .annotate(
            referred=Exists(moved.filter(to_step=Step.REFERRED)), reopened=Exists(moved.filter(from_step=Step.CLOSED))
        )
    )
    found = counted.aggregate(
        all=Count("pk"), inside=Count("pk", filter=Q(outcome=Outcome.SOLVED, referred=False, reopened=False))
    )
    return Value(found["inside"], found["all"])


def reopened(period: Period) -> Value:
    """Of all that were closed in the period, those that went back afterwards; by the history, which never changes."""
    closings = StepRecord.objects.filter(to_step=Step.CLOSED, at__gte=period.start, at__lt=period.end).exclude(
        outcome__in=_NOT_COUNTED
    )
    back = StepRecord.objects.filter(issue=OuterRef("issue"), from_step=Step.CLOSED, at__gt=OuterRef("at"))
    found = closings.aggregate(
        all=Count("issue", distinct=True), back=Count("issue", distinct=True, filter=Q(Exists(back)))
    )
    return Value(found["back"], found["all"])


def reported_in_time(period: Period) -> Value:
    """Of what had to be reported by now, what was in time. What may still be reported in time is not counted yet."""
    had_to = _had_to_be_reported().filter(created_at__gte=period.start, created_at__lt=period.end)
    found = had_to.aggregate(all=Count("pk"), in_time=Count("pk", filter=_IN_TIME))
    return Value(found["in_time"], found["all"])


def reported_late(period: Period) -> Value:
    """What was written down in the period and reported late, and what still is not reported, from before it too."""
    of_period = Q(created_at__gte=period.start) & ~_IN_TIME
    late = _had_to_be_reported().filter(created_at__lt=period.end)
    return Value(late.filter(of_period | Q(mandatory_report__isnull=True)).count())


def _had_to_be_reported() -> IssueQuerySet:
    """What was reported to an authority, or has not been though its hours are over."""
    hours = ExpressionWrapper(F("category__report_hours") * Constant(timedelta(hours=1)), output_field=DurationField())
    return (
        Issue.objects.filter(category__must_report=True)
        .exclude(outcome__in=_NOT_COUNTED)
        .annotate(had_until=F("created_at") + hours)
        .filter(Q(mandatory_report__isnull=False) | Q(had_until__lt=timezone.now()))
    )


def unowned(on: date) -> IssueQuerySet:
    """Open matters with which nobody is who must act."""
    serving = Post.objects.serving(on).filter(kind__in=OWNING, unit=OuterRef("owner_unit"))
    return Issue.objects.open().filter(
        Q(owner_unit__isnull=False) & ~Exists(serving) | Q(owner_body__isnull=False, owner_body__active=False)
    )


def _as_of(on: date) -> datetime:
    """The last moment of a day that counts for it: now, as long as it lasts."""
    return min(timezone.now(), moment(on + timedelta(days=1)) - timedelta(microseconds=1))


def _open(on: date) -> dict[str, Value]:
    at_step = dict(Issue.objects.open().order_by().values_list("step").annotate(Count("pk")))
    in_all, late = sum(at_step.values()), Issue.objects.overdue(_as_of(on)).count()
    return {
        OPEN_FIGURE.key: Value(in_all),
        **{figure.key: Value(at_step.get(step, 0)) for step, figure in AT_STEP.items()},
        OVERDUE.key: Value(late),
        OVERDUE_PERCENT.key: Value(late, in_all),
        UNOWNED.key: Value(unowned(on).count()),
    }


def _come_and_gone(on: date) -> dict[str, Value]:
    month, quarter = periods.month_to(on), periods.quarter_to(on)
    return {
        OPENED_MONTH.key: Value(_opened_in(month).count()),
        CLOSED_MONTH.key: Value(_closed_in(month).count()),
        OPENED.key: Value(_opened_in(quarter).count()),
        CLOSED.key: Value(_closed_in(quarter).count()),
    }


def _what_came_of_it(on: date) -> dict[str, Value]:
    quarter = periods.quarter_to(on)
    return {
        INSIDE.key: settled_inside(quarter),
        REOPENED.key: reopened(quarter),
        REPORTED.key: reported_in_time(quarter),
        REPORTED_LATE.key: reported_late(quarter),
    }


def _opened_in(period: Period) -> IssueQuerySet:
    return Issue.objects.filter(created_at__gte=period.start, created_at__lt=period.end)


def _closed_in(period: Period) -> IssueQuerySet:
    return Issue.objects.filter(step=Step.CLOSED, closed_at__gte=period.start, closed_at__lt=period.end)


register(OPEN_FIGURE, *AT_STEP.values(), OVERDUE, OVERDUE_PERCENT, UNOWNED, count=_open)
register(OPENED_MONTH, CLOSED_MONTH, OPENED, CLOSED, count=_come_and_gone)
register(INSIDE, REOPENED, REPORTED, REPORTED_LATE, count=_what_came_of_it)

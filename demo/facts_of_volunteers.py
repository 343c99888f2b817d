"""The report's facts of volunteers, activities and honours: one function a fact, counted inside one compound."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from compounds.registry.models import Compound
from volunteers.models import Activity, ActivityKind, Honour, Programme, ProgrammeKind, Team, TeamMember, Venue

HONOURS_YEAR = 2023
# 疫情防控, 政策宣传, 文明创建, 困难帮扶, 公益课堂, 反诈宣传, 消防安全.
SEVEN_KINDS = (
    ActivityKind.EPIDEMIC,
    ActivityKind.POLICY,
    ActivityKind.CIVILITY,
    ActivityKind.CARE,
    ActivityKind.CLASS,
    ActivityKind.ANTI_FRAUD,
    ActivityKind.FIRE_SAFETY,
)


def feature_activities(compound: Compound, on: date) -> int:
    return Activity.objects.held().filter(programme__kind=ProgrammeKind.FEATURE).count()


def clinics(compound: Compound, on: date) -> int:
    return _paired_clinics().count()


def elderly_at_clinics(compound: Compound, on: date) -> int:
    """Visits (人次), as each clinic's summary counts them."""
    return _paired_clinics().aggregate(all=Sum("elderly_served"))["all"] or 0


def _paired_clinics() -> QuerySet[Activity]:
    return Activity.objects.held().filter(kind=ActivityKind.CLINIC, partner__name="株洲市二医院")


def honours(kind: str) -> Callable[[Compound, date], int]:
    """How many of that kind were given for the report's year."""

    def count(compound: Compound, on: date) -> int:
        return Honour.objects.given().of_year(HONOURS_YEAR).filter(kind__name=kind).count()

    return count


def associations(compound: Compound, on: date) -> int:
    return Team.objects.associations().active(on).count()


def squads(compound: Compound, on: date) -> int:
    return Team.objects.squads().active(on).count()


def in_squads(compound: Compound, on: date) -> int:
    """People, each once, whose consent stands."""
    members = TeamMember.objects.serving(on).filter(team__in=Team.objects.squads().active(on))
    return members.filter(volunteer__withdrawn_on=None).values("volunteer").distinct().count()


def sessions(compound: Compound, on: date) -> int:
    return Activity.objects.held().filter(kind__in=SEVEN_KINDS, team__isnull=False).count()


def brands(compound: Compound, on: date) -> int:
    return Programme.objects.filter(kind=ProgrammeKind.BRAND, active=True).count()


def months_with_activity(compound: Compound, on: date) -> int:
    """Of the twelve months before this one (月月有活动)."""
    this_month = on.replace(day=1)
    a_year_ago = this_month.replace(year=this_month.year - 1)
    held = Activity.objects.held().on_days(a_year_ago, this_month - timedelta(days=1))
    return held.datetimes("starts_at", "month").count()


def service_station(compound: Compound, on: date) -> str:
    return ", ".join(Venue.objects.filter(active=True, name__contains="党群服务站").values_list("name", flat=True))

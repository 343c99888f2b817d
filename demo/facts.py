"""The facts of the newspaper report, each beside the query that counts it inside one compound."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from compounds.organisation.coverage import Coverage, coverage_by_building, total
from compounds.organisation.models import Building, Household, Level, Person, Post, PostKind, Unit
from compounds.organisation.models.settings import contact_rhythm
from compounds.registry.models import Compound
from consultation.models import Issue, Meeting, Outcome, RoundState, ScoringRound
from consultation.models.step1_visit import IN_TOUCH
from demo import facts_of_volunteers as volunteers

type Value = int | float | str
type Count = Callable[[Compound, date], Value]


class Verdict(TextChoices):
    OK = "ok", _("ok")
    DIFFERS = "differs", _("differs")


@dataclass(frozen=True)
class Fact:
    """One figure of the report. ``at_least`` is the report's “+”."""

    name: object
    expected: Value
    count: Count
    at_least: bool = False

    @property
    def expected_text(self) -> str:
        return f"{_text(self.expected)}+" if self.at_least else _text(self.expected)

    def verdict(self, counted: Value) -> Verdict:
        if self.at_least:
            enough = isinstance(counted, int) and isinstance(self.expected, int) and counted >= self.expected
            return Verdict.OK if enough else Verdict.DIFFERS
        return Verdict.OK if counted == self.expected else Verdict.DIFFERS


@dataclass(frozen=True)
class Counted:
    """One line of the table: what is expected, what was counted, whether that is right."""

    name: str
    expected: str
    counted: str
    verdict: Verdict


def check(compound: Compound, on: date) -> list[Counted]:
    """Count every fact. Call it inside the compound."""
    lines = []
    for fact in FACTS:
        value = fact.count(compound, on)
        lines.append(Counted(str(fact.name), fact.expected_text, _text(value), fact.verdict(value)))
    return lines


def _text(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


# --- One function a fact ---------------------------------------------------------------------------------------------


def _community(compound: Compound, on: date) -> str:
    return f"{compound.community.district.name} / {compound.community.name}"


def _built(compound: Compound, on: date) -> str:
    return f"{compound.built_on:%Y-%m}" if compound.built_on else ""


def _households(compound: Compound, on: date) -> int:
    return Household.objects.count()


def _branch_founded(compound: Compound, on: date) -> str:
    founded_on = Unit.objects.get(level=Level.BRANCH).founded_on
    return f"{founded_on:%Y-%m}" if founded_on else ""


def _levels(compound: Compound, on: date) -> int:
    return Unit.objects.order_by().values("level").distinct().count()


def _general_branch(compound: Compound, on: date) -> str:
    return Unit.objects.get(level=Level.GENERAL_BRANCH).name


def _buildings(compound: Compound, on: date) -> int:
    return Building.objects.count()


def _groups(compound: Compound, on: date) -> int:
    return Unit.objects.at(Level.NEIGHBOUR_GROUP).count()


def _holders(kind: PostKind) -> Count:
    def count(compound: Compound, on: date) -> int:
        return Person.objects.filter(posts__in=Post.objects.serving(on).filter(kind=kind)).distinct().count()

    return count


def _holder(kind: PostKind) -> Count:
    def name(compound: Compound, on: date) -> str:
        posts = Post.objects.serving(on).filter(kind=kind).select_related("person")
        return ", ".join(post.person.name for post in posts)

    return name


def _coverage(on: date) -> Coverage:
    return total(coverage_by_building(on))


def _assigned(compound: Compound, on: date) -> int:
    return _coverage(on).assigned


def _in_touch(compound: Compound, on: date) -> int:
    return _coverage(on).in_touch


def _in_touch_percent(compound: Compound, on: date) -> str:
    return f"{_coverage(on).in_touch_percent} %"


def _in_touch_by_visits(compound: Compound, on: date) -> int:
    """The doors in touch once more, from the visits themselves instead of the day noted at the door."""
    met = Household.objects.filter(
        visits__outcome__in=IN_TOUCH, visits__visited_on__gt=on - contact_rhythm(), visits__visited_on__lte=on
    )
    return met.distinct().count()


def _without_group(compound: Compound, on: date) -> int:
    return Household.objects.filter(group=None).count()


def _meetings_held(compound: Compound, on: date) -> int:
    return Meeting.objects.held().count()


def _problems_solved(compound: Compound, on: date) -> int:
    return Issue.objects.filter(outcome=Outcome.SOLVED).count()


def _quarters_awarded(compound: Compound, on: date) -> int:
    """Of the last four quarters whose scoring has ended."""
    ended = ScoringRound.objects.filter(state__in=[RoundState.AWARDED, RoundState.SKIPPED], opened_on__lte=on)[:4]
    return sum(scoring.awards.exists() for scoring in ended)


FACTS = (
    Fact(_("District and community"), "天元区 / 湘湾社区", _community),
    Fact(_("Compound built"), "2017-04", _built),
    Fact(_("Households"), 1996, _households),
    Fact(_("Party branch founded"), "2021-06", _branch_founded),
    Fact(_("Party members"), 148, _holders(PostKind.PARTY_MEMBER)),
    Fact(_("Levels of the organisation"), 4, _levels),
    Fact(_("General branch"), "湘湾社区党总支", _general_branch),
    Fact(_("Secretary of the general branch"), "肖彪", _holder(PostKind.GENERAL_SECRETARY)),
    Fact(_("Secretary of the branch"), "唐碧玉", _holder(PostKind.BRANCH_SECRETARY)),
    Fact(_("Buildings (invented)"), 14, _buildings),
    Fact(_("Building stewards"), 14, _holders(PostKind.BUILDING_STEWARD)),
    Fact(_("Neighbour groups"), 64, _groups),
    Fact(_("Neighbour leads"), 64, _holders(PostKind.NEIGHBOUR_LEAD)),
    Fact(_("Households assigned to a lead"), 949, _assigned),
    Fact(_("Households in touch"), 949, _in_touch),
    Fact(_("Households in touch, counted from visits"), 949, _in_touch_by_visits),
    Fact(_("Share of households in touch"), "47.5 %", _in_touch_percent),
    Fact(_("Households without a group"), 1047, _without_group),
    Fact(_("Consultation meetings held"), 50, _meetings_held, at_least=True),
    Fact(_("Hard problems solved"), 10, _problems_solved, at_least=True),
    Fact(_("Feature activities"), 35, volunteers.feature_activities),
    Fact(_("Free clinics with the paired hospital"), 18, volunteers.clinics, at_least=True),
    Fact(_("Visits by elderly people to the clinics"), 80, volunteers.elderly_at_clinics, at_least=True),
    Fact(_("Commended in 2023: model party households"), 4, volunteers.honours("党员模范户")),
    Fact(_("Commended in 2023: good neighbours"), 5, volunteers.honours("好邻居")),
    Fact(_("Commended in 2023: excellent building stewards"), 2, volunteers.honours("优秀楼栋长")),
    Fact(_("Volunteer certificates in 2023"), 74, volunteers.honours("志愿服务证书")),
    Fact(_("Volunteer associations"), 2, volunteers.associations),
    Fact(_("Volunteer squads"), 5, volunteers.squads),
    Fact(_("Volunteers in the squads"), 122, volunteers.in_squads),
    Fact(_("Volunteer service sessions"), 300, volunteers.sessions, at_least=True),
    Fact(_("Volunteer brands"), 2, volunteers.brands),
    Fact(_("Months with an activity, of the last twelve"), 12, volunteers.months_with_activity),
    Fact(_("Quarters with a scoring and its award posted, of the last four"), 4, _quarters_awarded),
    Fact(_("Service station"), "邻聚里党群服务站", volunteers.service_station),
)

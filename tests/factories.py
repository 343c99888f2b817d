"""The smallest valid rows; the test states what matters. All of them need a compound to stand in."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from compounds.organisation.appointments import appoint
from compounds.organisation.models import Building, Entrance, Household, Level, Person, PostKind, Unit
from compounds.organisation.models.people import LEVEL_OF_POST
from consultation.models import (
    BodyKind,
    Category,
    Deliberator,
    Issue,
    LegalBasis,
    Party,
    PartySeat,
    ResponsibleBody,
)
from consultation.services import flow
from consultation.steps import Step
from volunteers.models import Activity, ForWhom, Slot, Team, TeamKind, TeamMember, Volunteer

LONG_AGO = date(2020, 1, 1)


class UnitFactory(factory.django.DjangoModelFactory):
    """A neighbour group of a new building, unless told otherwise."""

    level = Level.NEIGHBOUR_GROUP
    parent = factory.LazyFunction(lambda: BuildingFactory().unit)
    name = factory.Sequence(lambda n: f"{n}组")

    class Meta:
        model = Unit


class BuildingFactory(factory.django.DjangoModelFactory):
    number = factory.Sequence(lambda n: n + 1)
    unit = factory.LazyAttribute(
        lambda o: Unit.objects.create(
            level=Level.BUILDING, parent=Unit.objects.get(level=Level.BRANCH), name=f"{o.number}栋", position=o.number
        )
    )

    class Meta:
        model = Building


class EntranceFactory(factory.django.DjangoModelFactory):
    building = factory.SubFactory(BuildingFactory)
    number = factory.Sequence(lambda n: n + 1)

    class Meta:
        model = Entrance


class HouseholdFactory(factory.django.DjangoModelFactory):
    entrance = factory.SubFactory(EntranceFactory)
    door = factory.Sequence(lambda n: str(101 + n))

    class Meta:
        model = Household


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody; with ``posts=[PostKind…]`` somebody who serves, and may sign in. Lower posts get units of their own."""

    name = factory.Sequence(lambda n: f"张三{n}")

    class Meta:
        model = Person
        skip_postgeneration_save = True

    @factory.post_generation
    def posts(self: Person, create: bool, kinds: list[PostKind] | None, **kwargs: Any) -> None:
        for kind in kinds or []:
            appoint(self, kind=kind, unit=unit_for(kind), starts_on=LONG_AGO, by=None)


def unit_for(kind: PostKind) -> Unit:
    level = LEVEL_OF_POST[kind]
    if level <= Level.BRANCH:
        return Unit.objects.get(level=level)
    return BuildingFactory().unit if level == Level.BUILDING else UnitFactory()


class BodyFactory(factory.django.DjangoModelFactory):
    kind = BodyKind.PROPERTY_COMPANY
    name = factory.Sequence(lambda n: f"物业公司 {n}")

    class Meta:
        model = ResponsibleBody


class IssueFactory(factory.django.DjangoModelFactory):
    """A matter at ``step``, numbered as usual; HANDLE gives it to a body of its own."""

    title = "电梯夜里异响"
    said = "半夜咣当响，我妈八十了，宁可爬楼。"
    category = factory.LazyFunction(lambda: Category.objects.get(name="电梯设备"))
    recorded_by = factory.SubFactory(PersonFactory)

    class Meta:
        model = Issue

    @classmethod
    def _create(cls, model_class: type[Issue], *args: Any, step: Step = Step.VISIT, **kwargs: Any) -> Issue:
        by = kwargs.pop("recorded_by")
        issue = flow.begin(model_class(**kwargs), by=by)
        return at_step(issue, step, by=by)


_WAYS: dict[Step, list[Step]] = {
    Step.VISIT: [],
    Step.PROPOSE: [Step.PROPOSE],
    Step.MEET: [Step.PROPOSE, Step.MEET],
    Step.HANDLE: [Step.PROPOSE, Step.HANDLE],
    Step.EVALUATE: [Step.PROPOSE, Step.HANDLE, Step.EVALUATE],
    Step.REFERRED: [Step.PROPOSE, Step.REFERRED],
    Step.CLOSED: [Step.PROPOSE, Step.CLOSED],
}


def at_step(issue: Issue, step: Step, *, by: Person) -> Issue:
    """Move a new matter along the diagram to ``step``."""
    for to in _WAYS[step]:
        extra: dict[str, Any] = {}
        if to == Step.HANDLE:
            extra = {"body": BodyFactory(), "due_on": timezone.localdate() + timedelta(days=7)}
        if to == Step.CLOSED:
            extra = {"outcome": "withdrawn"}
        issue = flow.advance(issue, to, by=by, **extra)
    return issue


_BASIS = {
    Party.BRANCH: LegalBasis.PARTY_RULES,
    Party.PROPERTY_COMPANY: LegalBasis.CONTRACT,
    Party.OWNERS_COMMITTEE: LegalBasis.OWNERS_COMMITTEE,
    Party.RESIDENTS: LegalBasis.REPRESENTATIVES,
}
_POST = {
    Party.BRANCH: PostKind.BRANCH_COMMITTEE,
    Party.PROPERTY_COMPANY: PostKind.PROPERTY_STAFF,
    Party.OWNERS_COMMITTEE: PostKind.OWNERS_COMMITTEE,
    Party.RESIDENTS: PostKind.RESIDENTS_REP,
}


def four_seats(*, residents: int = 3) -> dict[Party, PartySeat]:
    """Every party's seat filled by a body, for ever."""
    return {
        party: PartySeat.objects.create(
            party=party,
            body_name=party.label,
            legal_basis=_BASIS[party],
            minimum=residents if party == Party.RESIDENTS else 1,
            starts_on=LONG_AGO,
        )
        for party in Party
    }


def deliberator(party: Party) -> Person:
    """Somebody with a post that fits, who sits on the council for ``party``."""
    person = PersonFactory(posts=[_POST[party]])
    Deliberator.objects.create(person=person, party=party, starts_on=LONG_AGO)
    return person


class VolunteerFactory(factory.django.DjangoModelFactory):
    """A volunteer without an account; with ``team=…`` in that team, with ``leads=True`` as its leader."""

    person = factory.SubFactory(PersonFactory)
    joined_on = LONG_AGO
    consented_on = LONG_AGO

    class Meta:
        model = Volunteer
        skip_postgeneration_save = True

    @factory.post_generation
    def team(self: Volunteer, create: bool, team: Team | None, leads: bool = False, **kwargs: Any) -> None:
        if team:
            TeamMember.objects.create(team=team, volunteer=self, leads=leads, starts_on=LONG_AGO)


class TeamFactory(factory.django.DjangoModelFactory):
    """A squad of a new association, unless told otherwise."""

    kind = TeamKind.SQUAD
    parent = factory.LazyAttribute(
        lambda o: TeamFactory(kind=TeamKind.ASSOCIATION, parent=None) if o.kind == TeamKind.SQUAD else None
    )
    name = factory.Sequence(lambda n: f"志愿队 {n}")
    founded_on = LONG_AGO

    class Meta:
        model = Team


class ActivityFactory(factory.django.DjangoModelFactory):
    """Two hours tomorrow; sign-up closes when it begins."""

    kind = "clinic"
    title = "邻里义诊"
    place = "3栋前"
    starts_at = factory.LazyFunction(lambda: timezone.now().replace(second=0, microsecond=0) + timedelta(days=1))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=2))
    sign_up_until = factory.LazyAttribute(lambda o: o.starts_at)
    planned_by = factory.SubFactory(PersonFactory)

    class Meta:
        model = Activity


class SlotFactory(factory.django.DjangoModelFactory):
    """Two places for residents."""

    activity = factory.SubFactory(ActivityFactory)
    for_whom = ForWhom.RESIDENTS
    places = 2

    class Meta:
        model = Slot

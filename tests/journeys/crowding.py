"""A compound far too full: hundreds of matters, long lists of everything, names of 20 characters, texts of 60 lines."""

from datetime import timedelta
from itertools import cycle, islice

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import CharField, Field, Model, TextField
from django.utils import timezone

from compounds.organisation.models import Household, Person
from compounds.registry.models import Compound
from consultation.models import Category, Deliberator, Issue, Openness, Party, Voice
from consultation.services import step2_propose
from consultation.steps import Step
from notices.models import PlaceKind, Spot
from tests.architecture.scenery import Scenery
from tests.factories import LONG_AGO, ActivityFactory, IssueFactory
from tests.journeys.access import EVERY_STATE
from volunteers.models import Volunteer

# In a run of the tests a list is long enough to scroll and to be cut into pages; the sweep's is far too long.
MATTERS, ROWS = (200, 60) if EVERY_STATE else (60, 24)
# What makes lines longer: characters that break anywhere, and a word in Latin letters that breaks nowhere.
_MORE = "欧阳司马诸葛上官Wolfeschlegelsteinhausen慕容夏侯皇甫尉迟"
_LINES = 60
_CHINESE = "[一-龥]"
# Written by people, but read by the product.
_READ_BY_US = {"chart", "chart_en", "emergency_numbers"}


def crowd(built: Scenery) -> None:
    """Stand in the compound of the scenery and call it once."""
    with transaction.atomic():
        _more_matters(built.secretary)
        _more_rows(built)
    with transaction.atomic():
        for model in apps.get_models():
            if model._meta.app_label in _apps_inside() and model._meta.managed:
                _lengthen(model, _written_in(model))


def lengthen_the_names_above() -> None:
    """The compound's own name and its community's, at the top of each page."""
    compound = Compound.objects.get(schema_name=connection.schema_name)
    for row in (compound, compound.community):
        row.name = (row.name + _MORE)[:20]
        row.save(update_fields=["name"])


def _more_matters(by: Person) -> None:
    door, today = Household.objects.earliest("pk"), timezone.localdate()
    categories, openness = cycle(Category.objects.all()), cycle(Openness)
    for n, step in enumerate(islice(cycle(Step), MATTERS)):
        facts = {"category": next(categories), "openness": next(openness), "recorded_by": by}
        issue = IssueFactory(step=step, title=f"多{n}", said=f"说{n}", entrance=door.entrance, **facts)
        if step == Step.PROPOSE and issue.openness != Openness.CONFIDENTIAL:
            sorted_so = {"urgency": "soon", "concerns": "frail", "served": "several", "difficulty": "moderate"}
            step2_propose.propose(issue, working_days=5, suggestion="商议", seen=None, by=by, **sorted_so)
            step2_propose.put_on_list(issue, by=by)
    Issue.objects.filter(title__endswith="3").update(due_on=today - timedelta(days=9))


def _more_rows(built: Scenery) -> None:
    door = Household.objects.get(pk=built.arguments["doors/"]["pk"])
    people = Person.objects.bulk_create(Person(name=f"居民{n}") for n in range(ROWS))
    Household.objects.bulk_create(Household(entrance=door.entrance, door=f"多{n}") for n in range(ROWS))
    Spot.objects.bulk_create(Spot(kind=PlaceKind.NOTICE_BOARD, name=f"公告栏{n}") for n in range(ROWS))
    Volunteer.objects.bulk_create(
        Volunteer(person=person, joined_on=LONG_AGO, consented_on=LONG_AGO) for person in people
    )
    Deliberator.objects.bulk_create(
        Deliberator(person=person, party=party, starts_on=LONG_AGO)
        for person, party in zip(people, cycle(Party), strict=False)
    )
    issue = Issue.objects.get(number=built.arguments["board/"]["number"])
    Voice.objects.bulk_create(
        Voice(issue=issue, person=person, said="附议", recorded_by=built.secretary) for person in people
    )
    for n in range(ROWS // 3):
        ActivityFactory(title=f"活动{n}", text="说明", place="门前", planned_by=built.secretary)


def _apps_inside() -> set[str]:
    return {name.rsplit(".", 1)[-1] for name in settings.TENANT_APPS}


def _written_in(model: type[Model]) -> list[Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in _READ_BY_US
    ]


def _lengthen(model: type[Model], fields: list[Field]) -> None:
    """Whatever people wrote in Chinese, or for English, becomes longer, and stays what it is at its beginning."""
    if not fields:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    changes = ", ".join(
        f'"{field.column}" = CASE WHEN "{field.column}" ~ %s '
        f'THEN left("{field.column}" || %s, greatest(length("{field.column}"), %s)) ELSE "{field.column}" END'
        for field in fields
    )
    values = [value for field in fields for value in _tail(field)]
    with connection.cursor() as cursor:
        # History is append-only, by a trigger.
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {changes}", values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _tail(field: Field) -> tuple[str, str, int]:
    """What is lengthened, by what, to which length: a name 20 characters, a line all it may, a text 60 lines."""
    most = field.max_length or 2000
    if field.name.endswith("_en"):
        return ".", " and whatever else belongs to it" * 9, min(most, 60)
    if most <= 60:
        return _CHINESE, _MORE, min(most, 20)
    if most <= 140:
        return _CHINESE, _MORE * 5, most
    line = (_MORE * 2)[: max(1, most // _LINES - 2)]
    return _CHINESE, f"\n{line}" * _LINES, most

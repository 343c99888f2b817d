"""Made-up compounds in any number, for measuring and for looking at a full district. Their names say what they are."""

import math
import threading
from collections import deque
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction
from django.utils.translation import gettext as _

from compounds.oversight import outbox
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, District, Street
from compounds.registry.opening import open_compound
from demo.loading import NotOurs, is_loaded
from demo.plans import PLANS

DISTRICT = "合成区"
COMPOUNDS_PER_COMMUNITY = 20
COMMUNITIES_PER_STREET = 5
HOUSEHOLDS_PER_BUILDING = 60
type Tell = Callable[[int], None]

# Inside one compound. Everything follows from a row's number, so that every run makes the same.
_FILL = """
INSERT INTO organisation_unit (created_at, updated_at, level, parent_id, name, position)
    SELECT now(), now(), 3, branch.id, n || '栋', n
    FROM generate_series(1, %(buildings)s) AS n, organisation_unit AS branch WHERE branch.level = 2;
INSERT INTO organisation_building (created_at, updated_at, unit_id, number)
    SELECT now(), now(), id, position FROM organisation_unit WHERE level = 3;
INSERT INTO organisation_entrance (created_at, updated_at, building_id, number)
    SELECT now(), now(), id, n FROM organisation_building, generate_series(1, 2) AS n;
INSERT INTO organisation_household (created_at, updated_at, entrance_id, door, occupancy, last_contact_on)
    SELECT now(), now(), entrance.id, to_char(n / entrance.among + 1, 'FM0000'),
        CASE n %% 10 WHEN 8 THEN 'let' WHEN 9 THEN 'empty' ELSE 'owner' END,
        CASE WHEN n %% 4 < 3 THEN %(today)s::date - n %% 60 END
    FROM generate_series(0, %(households)s - 1) AS n
    JOIN (
        SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth, count(*) OVER () AS among FROM organisation_entrance
    ) AS entrance ON n %% entrance.among = entrance.nth;
INSERT INTO organisation_person (created_at, updated_at, name, phone) VALUES (now(), now(), '合成记录员', '');
INSERT INTO organisation_person (created_at, updated_at, name, phone, household_id)
    SELECT now(), now(), '合成居民' || id, '', id FROM organisation_household;

INSERT INTO consultation_issue (
    created_at, updated_at, number, year, serial, title, said, category_id, openness, place_note, recorded_by_id,
    step, owner_unit_id, due_on, due_provisional, outcome, closed_at
)
    SELECT begun, begun + interval '3 days', year || '-' || to_char(n, 'FM0000'), year, n,
        '合成事项 ' || n, '由合成数据生成的第 ' || n || ' 件事项', category.id, category.openness, '',
        (SELECT min(id) FROM organisation_person), step,
        CASE WHEN step <> 'closed' THEN (SELECT id FROM organisation_unit WHERE level = 2) END,
        CASE WHEN step <> 'closed' THEN %(today)s::date + n %% 30 - 8 END, false,
        CASE WHEN step = 'closed' THEN 'solved' ELSE '' END,
        CASE WHEN step = 'closed' THEN begun + interval '3 days' END
    FROM generate_series(1, %(issues)s) AS n
    JOIN (
        SELECT id, openness, row_number() OVER (ORDER BY id) - 1 AS nth, count(*) OVER () AS among
        FROM consultation_category
    ) AS category ON n %% category.among = category.nth
    CROSS JOIN LATERAL (
        SELECT %(today)s::date - interval '4 days' - interval '1 day' * (n * 7 %% 176) AS begun,
            extract(year FROM %(today)s::date)::int AS year,
            (ARRAY['visit', 'propose', 'meet', 'handle', 'evaluate', 'closed', 'closed', 'closed'])[n %% 8 + 1] AS step
    ) AS drawn;
INSERT INTO consultation_steprecord (issue_id, from_step, to_step, moved_by_id, note, outcome, at)
    SELECT id, '', 'visit', recorded_by_id, '', '', created_at FROM consultation_issue
    UNION ALL
    SELECT id, 'visit', step, recorded_by_id, '', outcome, updated_at FROM consultation_issue WHERE step <> 'visit'
"""


class RealCompounds(Exception):
    """The database holds compounds that were not made up."""


def make(*, compounds: int, issues: int, households: int, today: date, tell: Tell) -> None:
    """Open so many more compounds and fill each; ``tell`` hears how many are done. Raises RealCompounds."""
    refuse_beside_real_ones()
    made = Compound.objects.filter(community__district__name=DISTRICT).count()
    communities = _communities(math.ceil((made + compounds) / COMPOUNDS_PER_COMMUNITY))
    line = deque(range(made + 1, made + compounds + 1))
    facts = {
        "issues": issues,
        "households": households,
        "buildings": math.ceil(households / HOUSEHOLDS_PER_BUILDING),
        "today": today,
    }
    failures: list[Exception] = []

    def work() -> None:
        try:
            while not failures:
                number = line.popleft()
                _make_one(number, communities[(number - 1) // COMPOUNDS_PER_COMMUNITY], facts)
                tell(compounds - len(line))
        except IndexError:
            pass
        except Exception as error:  # noqa: BLE001 - raised below, in the thread that asked
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(min(settings.MIGRATION_WORKERS, compounds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def refuse_beside_real_ones() -> None:
    """Made-up compounds stand beside made-up ones only, the demo's among them."""
    plans = {plan.slug: plan for plan in PLANS}
    for other in Compound.objects.exclude(community__district__name=DISTRICT).order_by("pk"):
        try:
            demos = other.slug in plans and is_loaded(plans[other.slug])
        except NotOurs:
            demos = False
        if not demos:
            raise RealCompounds(_("This database holds “%(name)s”: no made-up compounds here.") % {"name": other.name})


def _make_one(number: int, community: Community, facts: dict[str, Any]) -> None:
    compound = open_compound(
        slug=f"synthetic-{number:04d}", name=f"合成小区 {number:04d}", community=community, built_on=date(2005, 1, 1)
    )
    with compound_context(compound.schema_name), transaction.atomic():
        with connection.cursor() as cursor:
            for statement in _FILL.split(";\n"):
                cursor.execute(statement, facts)
        outbox.touch("issues")


def _communities(count: int) -> list[Community]:
    district, _made = District.objects.get_or_create(name=DISTRICT)
    found = []
    for nth in range(count):
        street, _made = Street.objects.get_or_create(
            district=district, name=f"合成街道 {nth // COMMUNITIES_PER_STREET + 1:02d}"
        )
        community, _made = Community.objects.get_or_create(
            district=district, name=f"合成社区 {nth + 1:03d}", defaults={"street": street}
        )
        found.append(community)
    return found

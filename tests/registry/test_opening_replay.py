"""A replayed schema is what Django would have made, rows included; and whatever interrupts it, nothing is half-made."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from django_tenants.utils import schema_exists

from compounds.registry import opening
from compounds.registry.context import CompoundNotThere
from compounds.registry.models import Community, Compound, CompoundState, Recording
from compounds.registry.opening import SchemaInTheWay, finish_opening, open_compound, reserve
from compounds.registry.schemas import fingerprints, recordings
from tests.committing import at_once
from tests.registry.catalogue import catalogue, rows
from tests.registry.later import alone
from tests.registry.processes import python

LAMPS = [(1, "南门 100%", None, True), (2, "it's second", 1, True), (3, "by SQL", 2, True)]


@pytest.fixture
def community(committing) -> Community:
    return Community.objects.get(name="测试社区")


@pytest.fixture
def release(community, settings) -> Callable[[str], None]:
    """``release("rows")``: from now on a compound is opened with the tables of that release, and with no others."""

    def comes(name: str) -> None:
        settings.MIGRATION_MODULES = alone(name)
        settings.COMPOUND_SEEDS = [seed for seed in settings.COMPOUND_SEEDS if seed.startswith("compounds.")]

    return comes


def test_a_replayed_schema_is_the_one_that_django_makes(committing):
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA c_by_django")
    recordings.migrate_whole("c_by_django")
    connection.set_schema_to_public()  # noqa: TID251 - Django was let into a schema without a compound

    replayed, made = catalogue("c_south"), catalogue("c_by_django")

    assert replayed == made
    assert min(len(replayed[what]) for what in ("columns", "constraints", "indexes", "triggers", "functions")) > 1
    names = "app, name"
    assert rows("c_south", "django_migrations", names) == rows("c_by_django", "django_migrations", names)


def test_what_guards_history_in_a_replayed_schema_is_its_own(committing):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT pronamespace::regnamespace::text FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
            "JOIN pg_proc p ON p.oid = tgfoid WHERE relnamespace = 'c_south'::regnamespace AND NOT tgisinternal"
        )

        assert cursor.fetchall() == [("c_south",)]


def test_a_compound_knows_which_migrations_it_has(community):
    compound = open_compound(slug="new-court", name="新苑", community=community)

    assert compound.migrated_to == fingerprints.wanted()
    assert not Compound.objects.behind(fingerprints.wanted()).exists()


def test_data_migrations_survive_the_replay(community, release):
    release("rows")

    for slug in ("first", "second"):
        open_compound(slug=slug, name=slug, community=community)

    assert Recording.objects.get(before="", code=fingerprints.of_code()).why_not == ""
    for schema_name in ("c_first", "c_second"):
        assert rows(schema_name, "organisation_lamp", "id, name, beside_id, bright") == LAMPS
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO c_second.organisation_lamp (name) VALUES ('next') RETURNING id")
        assert cursor.fetchone() == (11,), "the sequence was set, too"
    assert catalogue("c_first") == catalogue("c_second")


def test_what_cannot_be_replayed_is_left_to_django(community, release):
    release("random")

    opened = open_compound(slug="first", name="一", community=community)

    assert "something else each time" in Recording.objects.get(before="", code=fingerprints.of_code()).why_not
    assert opened.state == CompoundState.READY
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), obj_description('c_first'::regnamespace) FROM c_first.organisation_numbers")
        assert cursor.fetchone() == (1, None), "the schema is not marked as half-made any more"


def test_trouble_of_a_moment_is_not_kept_as_a_reason_against_replaying(community, release):
    release("passing")
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE public.times")
    try:
        with pytest.raises(OperationalError, match="out of shared memory"):
            open_compound(slug="first", name="一", community=community)
        nothing = not Recording.objects.filter(code=fingerprints.of_code()).exists()
        open_compound(slug="first", name="一", community=community)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SEQUENCE public.times CASCADE")

    assert nothing
    assert Recording.objects.get(before="", code=fingerprints.of_code()).why_not == ""


def test_many_at_once_record_once_and_are_all_ready(community, release):
    release("column")

    # All wait for the one that records.
    opened = at_once(5, lambda n: open_compound(slug=f"court-{n}", name=f"{n}苑", community=community), patience=300)

    assert [compound.state for compound in opened] == [CompoundState.READY] * 5
    assert Recording.objects.filter(code=fingerprints.of_code()).count() == 1
    assert catalogue("c_court_0") == catalogue("c_court_4")


def test_finishing_twice_at_once_does_it_once(community):
    reserve(slug="twice", name="双", community=community)

    finished = at_once(3, lambda n: finish_opening("c_twice"))

    assert [compound.state for compound in finished] == [CompoundState.READY] * 3
    assert finish_opening("c_twice").state == CompoundState.READY
    assert len(rows("c_twice", "organisation_unit", "name")) == 2


def test_a_killed_opening_leaves_the_row_and_is_finished_later(community):
    reserve(slug="killed", name="断", community=community)
    process = python(
        "settings.COMPOUND_SEEDS = ['tests.registry.waiting_seed.plant_and_wait']\n"
        "from compounds.registry.opening import finish_opening\n"
        "finish_opening('c_killed')\n"
    )
    assert process.stdout.readline().strip() == "planting"
    process.kill()
    process.wait()

    _wait_until_the_server_noticed()
    assert not schema_exists("c_killed")
    assert Compound.objects.get(slug="killed").state == CompoundState.OPENING
    assert finish_opening("c_killed").state == CompoundState.READY
    assert len(rows("c_killed", "organisation_unit", "name")) == 2


def test_a_failure_leaves_the_reserved_row_and_no_schema(community, settings):
    settings.COMPOUND_SEEDS = ["tests.registry.failing_seed.plant_and_fail"]
    reserve(slug="half", name="半", community=community)

    with pytest.raises(RuntimeError, match="on purpose"):
        finish_opening("c_half")

    assert not schema_exists("c_half")
    assert Compound.objects.get(slug="half").state == CompoundState.OPENING


def test_a_schema_that_django_left_half_made_is_made_anew(community):
    reserve(slug="half", name="半", community=community)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA c_half; COMMENT ON SCHEMA c_half IS '{opening._HALF_MADE}'")
        cursor.execute("CREATE TABLE c_half.organisation_unit (id int)")

    assert finish_opening("c_half").state == CompoundState.READY


def test_a_schema_that_nobody_knows_is_refused_and_left_alone(community):
    reserve(slug="restored", name="复", community=community)
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA c_restored; CREATE TABLE c_restored.precious (id int)")

    with pytest.raises(SchemaInTheWay):
        finish_opening("c_restored")

    assert rows("c_restored", "precious", "id") == []


@pytest.mark.parametrize("schema_name", ["c_nowhere", "c_gone"])
def test_what_is_archived_or_unknown_is_not_opened(community, schema_name):
    Compound.objects.create(slug="gone", schema_name="c_gone", name="去", community=community, state="archived")

    with pytest.raises(CompoundNotThere):
        finish_opening(schema_name)


def _wait_until_the_server_noticed() -> None:
    """A killed client's session holds the compound's lock until the server sees that nobody is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('c_killed', 0))")
        cursor.execute("SELECT pg_advisory_unlock(hashtextextended('c_killed', 0))")

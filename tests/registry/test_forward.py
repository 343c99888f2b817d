"""A release reaches all compounds: replayed where it can be, by Django where it must be, whatever one of them does."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from compounds.registry.models import Community, Compound, Recording
from compounds.registry.opening import open_compound
from compounds.registry.schemas import executor, fingerprints, fleet, forward, patience
from tests.registry.catalogue import catalogue, rows
from tests.registry.later import latest, module
from tests.registry.processes import python

STANDING = ["c_north", "c_south", "c_yard"]
type Release = Callable[..., None]


@pytest.fixture
def compounds(committing) -> list[str]:
    """Three compounds of the present release, all that a test may change for good."""
    community = Community.objects.get(name="测试社区")
    return [open_compound(slug=f"m{n}", name=f"{n}苑", community=community).schema_name for n in range(3)]


@pytest.fixture
def release(compounds, settings) -> Iterator[Release]:
    """``release("column")``: from now on the code is a later release's; the standing compounds count as having it."""
    before = fingerprints.wanted()

    def comes(name: str, *app: str) -> None:
        settings.MIGRATION_MODULES = module(name, *app)
        Compound.objects.filter(schema_name__in=STANDING).update(migrated_to=fingerprints.wanted())

    yield comes
    Compound.objects.filter(schema_name__in=STANDING).update(migrated_to=before)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.django_migrations WHERE name LIKE '9%'")


def migrate(**options: object) -> None:
    call_command("migrate_schemas", "--tenant", interactive=False, verbosity=0, **options)


def later(schema_name: str) -> list[str]:
    """The migrations of later releases that a compound has."""
    return [name for (name,) in rows(schema_name, "django_migrations", "name") if name.startswith("9")]


def behind() -> list[str]:
    return sorted(Compound.objects.behind(fingerprints.wanted()).values_list("schema_name", flat=True))


def test_with_nothing_to_do_it_is_one_query(committing, django_assert_num_queries):
    Compound.objects.count()  # the connection is there and its search path set

    with django_assert_num_queries(1):
        migrate()


def test_an_added_column_is_recorded_once_and_replayed(compounds, release):
    release("column")

    migrate()

    assert [later(name) for name in compounds] == [["9001_sign"]] * 3
    assert catalogue(compounds[0]) == catalogue(compounds[1]) == catalogue(compounds[2])
    assert rows(compounds[2], "organisation_unit", "sign") == [("",), ("",)]
    recorded = Recording.objects.exclude(before="").get()
    assert recorded.sql.count("ADD COLUMN") == 1
    assert recorded.after == fingerprints.wanted()
    assert behind() == []


def test_a_replay_makes_what_django_makes_though_their_beginnings_differ(compounds, release):
    release("column")
    call_command("migrate_schemas", schema_name=compounds[2], interactive=False, verbosity=0)
    release("second")

    migrate(parallel=1)

    assert [later(name) for name in compounds] == [["9001_sign", "9002_sign_again", "9003_sign_moves"]] * 3
    assert Recording.objects.exclude(before="").count() == 2, "one for each set of applied migrations that occurred"
    shapes = [catalogue(name) for name in compounds]
    assert shapes[0] == shapes[1] == shapes[2]
    assert rows(compounds[1], "organisation_unit", "plate")[1] == ("1苑党支部 100%",)


def test_python_steps_and_what_refuses_a_transaction_go_through_django(compounds, release):
    release("python")

    migrate()

    assert [len(later(name)) for name in compounds] == [4, 4, 4]
    assert [rows(name, "organisation_unit", "sign")[1][0] for name in compounds] == [
        "0苑党支部!?",
        "1苑党支部!?",
        "2苑党支部!?",
    ]
    assert catalogue(compounds[0]) == catalogue(compounds[1]) == catalogue(compounds[2])
    assert behind() == []


def test_what_public_does_outside_a_transaction_is_only_noted_in_compounds(compounds, release):
    release("shared", "registry")

    migrate()

    assert [later(name) for name in compounds] == [["9001_by_name"]] * 3
    assert behind() == []


def test_what_commits_in_pieces_holds_no_page_up_for_long(compounds, release, monkeypatch):
    monkeypatch.setattr(patience, "LOCK_TIMEOUT", "200ms")
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(patience, "TRIES", 1000)
    release("pieces")
    table = f"{compounds[1]}.organisation_unit"
    reader, page = (connections.create_connection("default") for _ in range(2))
    reader.set_autocommit(False)
    reader.cursor().execute(f"SELECT 1 FROM {table}")
    thread = threading.Thread(target=lambda: (migrate(parallel=1), connections.close_all()))

    thread.start()
    try:
        deadline = time.monotonic() + 60
        while not _an_alteration_waits():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        page.cursor().execute(f"SET lock_timeout = '5s'; SELECT 1 FROM {table}")
    finally:
        reader.close()
        page.close()
    thread.join(timeout=60)

    assert [later(name) for name in compounds] == [["9001_in_pieces"]] * 3
    assert behind() == []


def _an_alteration_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE%'")
        return cursor.fetchone() is not None


def test_an_operation_that_nobody_knows_goes_through_django(compounds, release):
    release("named")

    migrate()

    assert [rows(name, "organisation_where", "id") for name in compounds] == [[(1,)]] * 3
    assert not Recording.objects.exclude(before="").exists()


@pytest.mark.parametrize("failing", [0, 1])
def test_one_that_fails_is_listed_and_the_others_go_on(compounds, release, failing, capsys):
    bad = compounds[failing]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {bad}.organisation_unit SET position = 500")
    release("check")

    with pytest.raises(CommandError, match=f"{bad}: organisation.9001_sign … organisation.9002") as refused:
        migrate()

    assert len(str(refused.value).splitlines()) == 2, "a headline, and the one that failed"
    assert behind() == [bad]
    assert later(bad) == [], "a batch is one transaction"
    assert all(len(later(name)) == 2 for name in compounds if name != bad)
    call_command("compounds", "status")
    told = capsys.readouterr().out
    assert f"m{failing}" in told
    assert "few_positions" in told


def test_what_failed_is_brought_forward_when_its_cause_is_gone(compounds, release):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {compounds[1]}.organisation_unit SET position = 500")
    release("check")
    with pytest.raises(CommandError):
        migrate()

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {compounds[1]}.organisation_unit SET position = 5")
    call_command("compounds", "migrate")

    assert behind() == []
    assert Compound.objects.get(schema_name=compounds[1]).migration_error == ""


def test_one_that_is_busy_goes_to_the_end_of_the_line(compounds, release, monkeypatch):
    monkeypatch.setattr(forward, "LOCK_TIMEOUT", "100ms")
    monkeypatch.setattr(fleet, "PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(fleet, "TRIES", 1000)
    release("column")
    busy = threading.Event()

    def work_in_the_first() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {compounds[0]}.organisation_unit")
            busy.set()
            while set(behind()) != {compounds[0]}:
                time.sleep(0.05)
        connections.close_all()

    thread = threading.Thread(target=work_in_the_first)
    thread.start()
    busy.wait(timeout=30)
    migrate(parallel=1)
    thread.join(timeout=30)

    assert behind() == []


def test_one_that_stays_busy_is_listed(compounds, release, monkeypatch):
    monkeypatch.setattr(forward, "LOCK_TIMEOUT", "50ms")
    monkeypatch.setattr(fleet, "PAUSE_SECONDS", 0.01)
    release("column")
    reader = connections.create_connection("default")
    reader.set_autocommit(False)
    reader.cursor().execute(f"SELECT 1 FROM {compounds[1]}.organisation_unit")

    try:
        with pytest.raises(CommandError, match="lock timeout"):
            migrate()
    finally:
        reader.close()

    assert behind() == [compounds[1]]


def test_killed_on_the_way_it_goes_on_when_called_again(compounds, release):
    release("slow")
    process = python(
        "settings.MIGRATION_MODULES = {'organisation': 'tests.registry.later.slow.migrations'}\n"
        "call_command('migrate_schemas', '--tenant', parallel=1, verbosity=0)\n"
    )
    deadline = time.monotonic() + 120
    while len(behind()) == 3:
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    left = behind()

    migrate()

    assert left
    assert behind() == []
    assert [later(name) for name in compounds] == [["9001_slow"]] * 3
    assert [rows(name, "organisation_unit", "position") for name in compounds] == [[(11,), (11,)]] * 3


def test_two_deploys_at_once_do_it_once(compounds, release):
    release("slow")
    other = threading.Thread(target=lambda: (migrate(parallel=1), connections.close_all()))

    other.start()
    migrate(parallel=2)
    other.join(timeout=60)

    assert [rows(name, "organisation_unit", "position") for name in compounds] == [[(11,), (11,)]] * 3


def test_plain_migrate_schemas_means_public_and_then_all_compounds(compounds, release):
    release("column")

    call_command("migrate_schemas", interactive=False, verbosity=0)

    assert later("public") == ["9001_sign"]
    assert [later(name) for name in compounds] == [["9001_sign"]] * 3


def test_a_named_compound_goes_through_django_and_others_are_left(compounds, release):
    release("column")

    call_command("migrate_schemas", schema_name=compounds[1], interactive=False, verbosity=0)

    assert behind() == [compounds[0], compounds[2]]
    call_command("migrate_schemas", *latest(), schema_name=compounds[1], interactive=False, verbosity=0)
    assert compounds[1] in behind(), "taken back, it is behind again"


def test_a_compound_whose_schema_is_gone_is_listed_and_does_not_read_publics_migrations(compounds, release, capsys):
    release("column")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {compounds[1]} CASCADE")

    with pytest.raises(CommandError, match=f"{compounds[1]}.*does not exist"):
        migrate()

    assert behind() == [compounds[1]]
    Compound.objects.filter(schema_name=compounds[1]).update(state="archived")
    assert behind() == [], "in the archive there may be none"


def test_the_librarys_executors_can_still_be_named():
    assert executor.get_executor() is executor.ReplayExecutor
    assert executor.get_executor("multiprocessing").codename == "multiprocessing"

"""Who opens a compound has it alone: nobody discards it meanwhile, nor what an opening did not make."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django_tenants.utils import schema_exists

from compounds.registry import opening
from compounds.registry.context import CompoundNotThere
from compounds.registry.models import Community, Compound, CompoundState
from compounds.registry.opening import (
    BeingWorkedOn,
    ComesFromFile,
    SchemaInTheWay,
    discard_unopened,
    finish_opening,
    reserve,
)
from tests.registry.catalogue import rows


@pytest.fixture
def community(committing) -> Community:
    return Community.objects.get(name="测试社区")


def test_a_schema_that_no_opening_left_is_not_discarded(community):
    restored = reserve(slug="restored", name="复", community=community)
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA c_restored; CREATE TABLE c_restored.precious (id int)")

    with pytest.raises(SchemaInTheWay):
        discard_unopened(restored)
    assert rows("c_restored", "precious", "id") == []
    assert Compound.objects.filter(pk=restored.pk).exists()

    opening.withdraw(restored)
    assert schema_exists("c_restored")
    assert not Compound.objects.filter(pk=restored.pk).exists()


def test_what_is_being_filled_is_not_discarded_and_nobody_waits_for_it(community):
    reserved = reserve(slug="filled", name="满", community=community, comes_from_file=True)
    filling, go_on = threading.Event(), threading.Event()

    def fill(compound: Compound) -> None:
        filling.set()
        assert go_on.wait(timeout=60)

    thread = threading.Thread(
        target=lambda: (finish_opening("c_filled", fill=fill), connections.close_all()), daemon=True
    )
    thread.start()
    assert filling.wait(timeout=60)
    try:
        assert opening.at_work(["c_filled", "c_north"]) == {"c_filled"}
        with pytest.raises(BeingWorkedOn):
            discard_unopened(reserved)
    finally:
        go_on.set()
    thread.join(timeout=60)

    assert Compound.objects.get(pk=reserved.pk).state == CompoundState.READY
    assert opening.at_work(["c_filled"]) == set()
    with pytest.raises(CompoundNotThere):
        discard_unopened(reserved)
    assert schema_exists("c_filled")


def test_one_whose_row_goes_while_its_tables_are_made_leaves_no_schema(community):
    reserved = reserve(slug="gone", name="去", community=community)
    stale = Compound.objects.get(pk=reserved.pk)
    Compound.objects.filter(pk=reserved.pk).delete()

    with pytest.raises(CompoundNotThere):
        opening._open_by_replay(stale, opening.recordings.for_opening(), opening.plant)

    assert not schema_exists("c_gone")


def test_an_import_that_was_killed_is_not_opened_empty(community, capsys):
    reserve(slug="killed", name="断", community=community, comes_from_file=True)

    with pytest.raises(ComesFromFile):
        finish_opening("c_killed")
    with pytest.raises(CommandError):
        call_command("compounds", "finish")
    call_command("compounds", "status")

    told = capsys.readouterr()
    assert "comes_from_file" in told.err
    assert "从文件导入" in told.out
    assert not schema_exists("c_killed")
    assert Compound.objects.get(slug="killed").state == CompoundState.OPENING

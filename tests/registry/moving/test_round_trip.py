"""A compound goes to another installation in one file: every row and file is there, and nobody's account."""

import dataclasses
import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from compounds.accounts.invitations import open_account
from compounds.jobs.models import Due, Run
from compounds.organisation import community_posts
from compounds.organisation.models import AuditEntry, Person, Post
from compounds.oversight.models import Outbox
from compounds.registry.context import compound_context
from compounds.registry.models import CommunityAppointment, Compound, CompoundState, Membership
from compounds.registry.moving import tables
from compounds.registry.moving.errors import CannotBeMoved, CompoundBehind, FileInTheWay
from compounds.registry.moving.manifest import NAME, STAYS_BEHIND, Manifest, Origin, TablePart
from compounds.registry.moving.reading import opened
from compounds.registry.moving.receiving import receive
from compounds.registry.moving.sending import export
from consultation.models import IssueList, ResponsibleBody, StepRecord
from tests.committing import YARD
from tests.factories import LONG_AGO

PEOPLE = "organisation_person"


def sums(schema_name: str) -> dict[str, TablePart]:
    with compound_context(schema_name), transaction.atomic():
        tables.steady_texts()
        return {table.name: tables.copy_out(table, table.columns, len) for table in tables.tables()}


def people(schema_name: str) -> list[tuple]:
    with compound_context(schema_name):
        return list(Person.objects.order_by("pk").values_list("pk", "name", "phone", "household", "created_at"))


def files_below(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused_by_the_database(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


def test_all_rows_and_files_arrive_at_another_address(exported, elsewhere):
    manifest = Manifest.from_json(exported.members()[NAME])

    worker = CommunityAppointment.objects.create(
        user=open_account("新来的"),
        community=elsewhere,
        kind="community_worker",
        starts_on=LONG_AGO,
        office_level="district",
        office="别的区",
    )

    moved = receive(exported.path, community=elsewhere, slug="moved")

    assert (moved.slug, moved.schema_name, moved.name) == ("moved", "c_moved", "后院")
    assert (moved.state, moved.community, moved.note) == (CompoundState.READY, elsewhere, "后院的说明")
    assert moved.phone == "0731-22223333"
    assert sums(YARD) == manifest.tables
    # Whoever was given an account here has been changed since.
    assert sums("c_moved") | {PEOPLE: None} == manifest.tables | {PEOPLE: None}
    assert people("c_moved") == people(YARD) != []
    assert sum(part.rows for part in manifest.tables.values()) > 50
    assert files_below(exported.media / "c_moved") == files_below(exported.media / YARD) != {}

    with compound_context("c_moved"):
        # History is guarded again, and numbers go on where they were.
        assert refused_by_the_database(lambda: StepRecord.objects.update(note="anders"))
        assert refused_by_the_database(lambda: AuditEntry.objects.all().delete())
        assert refused_by_the_database(lambda: IssueList.objects.update(edition=99))
        last = ResponsibleBody.objects.latest("pk").pk
        assert ResponsibleBody.objects.create(kind="property_company", name="新物业").pk == last + 2

        # Whoever has a post gets an account of this installation, and may enter.
        serving = Person.objects.filter(posts__in=Post.objects.all()).distinct()
        accounts = set(serving.values_list("user_id", flat=True))
    assert None not in accounts
    assert accounts == set(Membership.objects.filter(compound=moved).values_list("user_id", flat=True))
    with compound_context(YARD):
        assert accounts.isdisjoint(Person.objects.exclude(user_id=None).values_list("user_id", flat=True))
    assert Due.objects.filter(schema_name="c_moved", kind="photos").exists()

    # So does whoever serves the community that it belongs to now.
    run = Run.objects.get(kind=community_posts.KIND, schema_name="c_moved")
    community_posts.write_posts("c_moved", run.period)
    with compound_context("c_moved"):
        assert Post.objects.filter(person__user_id=worker.user_id, kind="community_worker").count() == 1
    assert Membership.objects.filter(compound=moved, user=worker.user).exists()
    assert Outbox.objects.filter(schema_name="c_moved").exists()


def test_all_that_the_row_says_comes_along_or_stays_behind_on_purpose():
    in_row = {field.name for field in Compound._meta.concrete_fields}
    carried = {field.name for field in dataclasses.fields(Origin)}

    assert in_row - carried == STAYS_BEHIND
    assert not carried & STAYS_BEHIND


def test_a_file_from_before_the_phone_was_carried_comes_in(exported):
    def of_before(manifest: dict) -> None:
        del manifest["origin"]["phone"]

    with opened(exported.with_manifest(of_before)) as pack:
        assert pack.manifest.origin.phone == ""


def test_the_file_names_no_account_and_is_for_its_owner_alone(exported):
    with compound_context(YARD):
        assert Person.objects.exclude(user_id=None).exists()
    columns = json.loads(exported.members()[NAME])["tables"]["organisation_person"]["columns"]
    rows = exported.members()["tables/organisation_person"].decode().splitlines()

    assert {row.split("\t")[columns.index("user_id")] for row in rows} == {"\\N"}
    assert stat.S_IMODE(exported.path.stat().st_mode) == 0o600
    assert not exported.path.with_name("yard.zip.part").exists()


def test_an_export_is_the_same_again(exported, tmp_path):
    again = export("yard", tmp_path / "again.zip")

    first = Manifest.from_json(exported.members()[NAME])
    assert (again.tables, again.files, again.sequences) == (first.tables, first.files, first.sequences)


def test_an_archived_compound_is_exported_too(exported, tmp_path):
    call_command("archive_compound", "yard")
    try:
        call_command("export_compound", "yard", str(tmp_path / "archived.zip"))
    finally:
        call_command("archive_compound", "yard", restore=True)

    assert (tmp_path / "archived.zip").exists()


def test_a_file_that_is_there_is_left_alone(exported, tmp_path):
    (tmp_path / "kept").write_text("mine")

    with pytest.raises(FileInTheWay):
        export("yard", tmp_path / "kept")

    assert (tmp_path / "kept").read_text() == "mine"


def test_a_compound_that_is_not_there_or_not_open_is_not_exported(committing, tmp_path):
    Compound.objects.create(slug="half", schema_name="c_half", name="半开", community=committing.community)

    for slug in ("half", "nowhere"):
        with pytest.raises(CannotBeMoved):
            export(slug, tmp_path / "none.zip")
    with pytest.raises(CommandError, match="nowhere"):
        call_command("export_compound", "nowhere", str(tmp_path / "none.zip"))

    assert list(tmp_path.iterdir()) == []


def test_a_compound_of_an_older_release_is_not_exported(exported, tmp_path):
    name = "0001_initial"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {YARD}.django_migrations SET name = 'x' WHERE app = 'notices' AND name = %s", [name])
    try:
        with pytest.raises(CompoundBehind):
            export("yard", tmp_path / "none.zip")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {YARD}.django_migrations SET name = %s WHERE name = 'x'", [name])

    assert not list(tmp_path.glob("none*"))

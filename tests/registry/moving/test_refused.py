"""A file that is not what was written, or not for this installation, is refused; nothing is left behind."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from compounds.registry.models import Compound
from compounds.registry.moving import errors
from compounds.registry.moving.manifest import NAME
from compounds.registry.moving.receiving import receive
from compounds.registry.opening import AddressTaken


def nothing_is_left(media) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'c_moved'")
        schemas = cursor.fetchone()[0]
    return not schemas and not Compound.objects.filter(slug="moved").exists() and not (media / "c_moved").exists()


def cut(arrived, share: float):
    whole = arrived.path.read_bytes()
    spoilt = arrived.path.with_name("spoilt.zip")
    spoilt.write_bytes(whole[: int(len(whole) * share)])
    return spoilt


def foreign(arrived, body: bytes):
    spoilt = arrived.path.with_name("spoilt.zip")
    spoilt.write_bytes(body)
    return spoilt


def flipped(arrived):
    """One bit of one member fell over on the way."""
    whole = bytearray(arrived.path.read_bytes())
    at = whole.index(b"tables/consultation_issue") + len("tables/consultation_issue") + 60
    whole[at] ^= 1
    return foreign(arrived, bytes(whole))


def without(arrived, member: str):
    return arrived.rewritten({name: body for name, body in arrived.members().items() if name != member})


def with_file(arrived, name: str):
    def add(manifest: dict) -> None:
        manifest["files"][name] = {"size": 0, "sha256": "e3b0c442"}

    return arrived.with_manifest(add)


NOT_AN_EXPORT = {
    "empty": lambda arrived: foreign(arrived, b""),
    "a picture": lambda arrived: foreign(arrived, b"\xff\xd8\xff\xe0" + b"x" * 1000),
    "cut in the middle": lambda arrived: cut(arrived, 0.5),
    "cut at the end": lambda arrived: cut(arrived, 0.999),
    "without a manifest": lambda arrived: without(arrived, NAME),
    "of another product": lambda arrived: arrived.with_manifest(lambda m: m.update(product="other")),
    "with half a manifest": lambda arrived: arrived.with_manifest(lambda m: m.pop("tables")),
    "built on no day": lambda arrived: arrived.with_manifest(lambda m: m["origin"].update(built_on="x")),
    "with a list for a manifest": lambda arrived: arrived.rewritten({NAME: b"[1]"}),
}
DAMAGED = {
    "a bit": flipped,
    "a table is missing": lambda arrived: without(arrived, "tables/consultation_issue"),
    "a picture is missing": lambda arrived: without(arrived, next(n for n in arrived.members() if "full.jpg" in n)),
    "a part too many": lambda arrived: arrived.rewritten(arrived.members() | {"tables/more": b""}),
    "other rows": lambda arrived: arrived.rewritten(arrived.members() | {"tables/notices_posting": b"1\n"}),
    "a way upwards": lambda arrived: with_file(arrived, "../elsewhere.jpg"),
    "a way from the root": lambda arrived: with_file(arrived, "/etc/elsewhere"),
}


@pytest.mark.parametrize("spoil", NOT_AN_EXPORT.values(), ids=NOT_AN_EXPORT)
def test_what_is_no_export_is_refused(arrived, elsewhere, spoil):
    with pytest.raises(errors.NotAnExport):
        receive(spoil(arrived), community=elsewhere, slug="moved")

    assert nothing_is_left(arrived.media)


@pytest.mark.parametrize("spoil", DAMAGED.values(), ids=DAMAGED)
def test_what_was_damaged_on_its_way_is_refused(arrived, elsewhere, spoil):
    with pytest.raises(errors.FileDamaged):
        receive(spoil(arrived), community=elsewhere, slug="moved")

    assert nothing_is_left(arrived.media)


def test_another_format_is_refused_by_its_number(arrived, elsewhere):
    path = arrived.with_manifest(lambda manifest: manifest.update(format=2))

    with pytest.raises(CommandError) as caught:
        call_command("import_compound", str(path), slug="moved", community=elsewhere.name)

    assert caught.value.__cause__.facts == {"found": 2, "wanted": 1}
    assert nothing_is_left(arrived.media)


def test_another_release_is_refused_by_what_differs(arrived, elsewhere):
    def of_another_release(manifest: dict) -> None:
        manifest["migrations"].remove("notices.0001_initial")
        manifest["migrations"].append("notices.0099_future")

    with pytest.raises(errors.OtherMigrations) as caught:
        receive(arrived.with_manifest(of_another_release), community=elsewhere, slug="moved")

    message = caught.value.context()["message"]
    assert "notices.0099_future" in message
    assert "notices.0001_initial" in message
    assert nothing_is_left(arrived.media)


def test_an_address_that_is_taken_is_refused(arrived, elsewhere):
    with pytest.raises(AddressTaken):
        receive(arrived.path, community=elsewhere)
    with pytest.raises(CommandError):
        call_command("import_compound", str(arrived.path), slug="Öde", community=elsewhere.name)


def test_a_community_that_is_unknown_or_not_the_only_one_is_refused(arrived, elsewhere):
    for arguments in ({"community": "没有"}, {"community": elsewhere.name, "district": "没有"}):
        with pytest.raises(CommandError, match="0 communities"):
            call_command("import_compound", str(arrived.path), slug="moved", **arguments)


def dangling(rows: bytes) -> bytes:
    return rows.replace(b"\n1\t", b"\n777\t") if rows.startswith(b"2\t") else rows.replace(b"1\t", b"777\t", 1)


BAD_ROWS = {
    "a key that leads nowhere": ("organisation_person", dangling),
    "a row twice": ("consultation_category", lambda rows: rows + rows),
    "not even rows": ("consultation_category", lambda rows: b"nonsense\n"),
    "somebody's account": ("organisation_person", lambda rows: rows.replace(b"\\N\t", b"1\t", 1)),
}


@pytest.mark.parametrize(("table", "change"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_rows_that_the_tables_refuse_undo_everything(arrived, elsewhere, table, change):
    path = arrived.with_rows(table, change)

    with pytest.raises(errors.FileDamaged):
        receive(path, community=elsewhere, slug="moved")

    assert nothing_is_left(arrived.media)


def test_files_in_the_way_are_left_and_nothing_else_is(arrived, elsewhere):
    (arrived.media / "c_moved").mkdir(parents=True)
    (arrived.media / "c_moved" / "old.jpg").write_bytes(b"old")

    with pytest.raises(errors.FileInTheWay):
        receive(arrived.path, community=elsewhere, slug="moved")

    assert [path.name for path in (arrived.media / "c_moved").iterdir()] == ["old.jpg"]
    assert not Compound.objects.filter(slug="moved").exists()

"""Writing one compound to one file. It may be in use meanwhile: all rows are of the same moment."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import structlog
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from compounds.registry.context import compound_context
from compounds.registry.models import Compound, CompoundState
from compounds.registry.moving import tables
from compounds.registry.moving.errors import CannotBeMoved, CompoundBehind, FileInTheWay
from compounds.registry.moving.manifest import NAME, FilePart, Manifest, Origin, TablePart, file_member, table_member

log = structlog.get_logger(__name__)

PIECE = 1 << 16


def export(slug: str, path: Path) -> Manifest:
    """Write the compound to ``path``, readable by its owner alone. Raises CannotBeMoved, CompoundBehind, FileInTheWay.

    A failure leaves no file. What is only half written has ``.part`` at its end.
    """
    compound = (
        Compound.objects.filter(slug=slug, state__in=[CompoundState.READY, CompoundState.ARCHIVED])
        .select_related("community__district", "community__street")
        .first()
    )
    if compound is None:
        raise CannotBeMoved(slug=slug)
    if path.exists():
        raise FileInTheWay(path=path)
    part = path.with_name(f"{path.name}.part")
    try:
        with (
            os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack,
        ):
            manifest = _write(compound, pack)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    log.info("compound_exported", schema=compound.schema_name, rows=sum(p.rows for p in manifest.tables.values()))
    return manifest


def _write(compound: Compound, pack: zipfile.ZipFile) -> Manifest:
    with compound_context(compound.schema_name, state=CompoundState(compound.state)), transaction.atomic():
        _of_one_moment()
        if tables.migrations_applied() != tables.migrations_of_release():
            raise CompoundBehind
        manifest = Manifest(
            origin=_origin(compound),
            migrations=tables.migrations_applied(),
            tables={table.name: _write_table(table, pack) for table in tables.tables()},
            sequences=tables.sequences(),
        )
    # After the rows, so that each row has its file; a file without a row is not seen by anybody.
    for name in _files_below(compound.schema_name):
        relative = name.removeprefix(f"{compound.schema_name}/")
        manifest.files[relative] = _write_file(name, relative, pack)
    pack.writestr(NAME, manifest.as_json())
    return manifest


def _of_one_moment() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    tables.steady_texts()


def _origin(compound: Compound) -> Origin:
    community = compound.community
    return Origin(
        slug=compound.slug,
        name=compound.name,
        community=community.name,
        street=community.street.name if community.street else "",
        district=community.district.name,
        built_on=compound.built_on.isoformat() if compound.built_on else None,
        note=compound.note,
        phone=compound.phone,
        exported_at=timezone.now().isoformat(timespec="seconds"),
    )


def _write_table(table: tables.Table, pack: zipfile.ZipFile) -> TablePart:
    with pack.open(table_member(table.name), "w", force_zip64=True) as member:
        return tables.copy_out(table, table.columns, member.write)


def _files_below(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in sorted(names))
    for below in sorted(folders):
        yield from _files_below(f"{folder}/{below}")


def _write_file(name: str, relative: str, pack: zipfile.ZipFile) -> FilePart:
    digest, size = hashlib.sha256(), 0
    # Pictures and documents are compressed already.
    entry = zipfile.ZipInfo(file_member(relative))
    with default_storage.open(name) as stored, pack.open(entry, "w", force_zip64=True) as member:
        while piece := stored.read(PIECE):
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    return FilePart(size, digest.hexdigest())

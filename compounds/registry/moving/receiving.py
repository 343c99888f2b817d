"""Opening a compound from a file: all of it, or nothing."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import structlog
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError

from compounds.registry.models import Community, Compound
from compounds.registry.moving import tables
from compounds.registry.moving.arrival import welcome
from compounds.registry.moving.errors import FileDamaged, FileInTheWay, OtherMigrations, OtherTables
from compounds.registry.moving.manifest import NAME, Manifest, table_member
from compounds.registry.moving.reading import Pack, opened
from compounds.registry.opening import finish_opening, reserve, withdraw

log = structlog.get_logger(__name__)

_NAMES_SHOWN = 3


def receive(path: Path, *, community: Community, slug: str | None = None) -> Compound:
    """Open the compound in the file, at its old address or at ``slug``. Returns it, ready.

    Raises FileRefused, AddressTaken, FileInTheWay, ValidationError. Afterwards there is the whole compound, or none.
    """
    with opened(path) as pack:
        origin = pack.manifest.origin
        _require_same_release(pack.manifest)
        pack.require_whole()
        compound = reserve(
            slug=slug or origin.slug,
            name=origin.name,
            community=community,
            built_on=origin.date_built(),
            comes_from_file=True,
        )
        placed: list[str] = []
        try:
            arrived = finish_opening(compound.schema_name, fill=lambda inside: _fill(inside, pack, placed))
        except BaseException:
            _discard(compound, placed)
            raise
    log.info("compound_imported", schema=compound.schema_name, origin=origin.slug)
    return arrived


def _require_same_release(manifest: Manifest) -> None:
    here, there = set(tables.migrations_of_release()), set(manifest.migrations)
    if here != there:
        raise OtherMigrations(only_there=_some(there - here), only_here=_some(here - there))


def _some(names: set[str]) -> str:
    shown = ", ".join(sorted(names)[:_NAMES_SHOWN]) or "–"
    return f"{shown} …" if len(names) > _NAMES_SHOWN else shown


def _fill(compound: Compound, pack: Pack, placed: list[str]) -> None:
    """From inside the compound and the transaction that opens it."""
    manifest = pack.manifest
    tables.steady_texts()
    here = {table.name: table for table in tables.tables()}
    _require_same_tables(manifest, here)
    _copy_in(list(here.values()), pack)
    for name, part in manifest.tables.items():
        if tables.copy_out(here[name], part.columns, _nowhere) != part:
            raise FileDamaged(member=table_member(name))
    tables.set_sequences(manifest.sequences)
    _place_files(compound.schema_name, pack, placed)
    welcome(compound)
    Compound.objects.filter(pk=compound.pk).update(note=manifest.origin.note, phone=manifest.origin.phone)


def _require_same_tables(manifest: Manifest, here: dict[str, tables.Table]) -> None:
    columns_here = {name: sorted(table.columns) for name, table in here.items()}
    columns_there = {name: sorted(part.columns) for name, part in manifest.tables.items()}
    for name in sorted(columns_here.keys() | columns_there.keys()):
        if columns_here.get(name) != columns_there.get(name):
            raise OtherTables(table=name)
    if odd := tables.sequences().keys() ^ manifest.sequences.keys():
        raise OtherTables(table=min(odd))


def _copy_in(here: list[tables.Table], pack: Pack) -> None:
    member = NAME
    try:
        with tables.without_guards(here):
            tables.empty(here)
            for name, part in pack.manifest.tables.items():
                member = table_member(name)
                tables.copy_in(name, part.columns, pack.table(name))
    except (DataError, IntegrityError) as error:
        # The last table, where keys between tables lead nowhere: they are looked at in the end.
        raise FileDamaged(member=member) from error


def _nowhere(_piece: bytes) -> None:
    """Rows that are read for their sum only."""


class _Pieces(File):
    """What a storage takes: content that passes through in pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__(None)
        self._pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return self._pieces


def _place_files(schema_name: str, pack: Pack, placed: list[str]) -> None:
    if default_storage.exists(schema_name):
        raise FileInTheWay(path=schema_name)
    for name in pack.manifest.files:
        placed.append(f"{schema_name}/{name}")
        default_storage.save(placed[-1], _Pieces(pack.file(name)))


def _discard(compound: Compound, placed: list[str]) -> None:
    withdraw(compound)
    if Compound.objects.filter(pk=compound.pk).exists():
        # It was opened all the same, and what failed came after: its files are its own.
        return
    folders: set[str] = set()
    for name in placed:
        default_storage.delete(name)
        folders.update(str(folder) for folder in PurePosixPath(name).parents if str(folder) != ".")
    # The deepest first: a folder is taken away when it is empty.
    for folder in sorted(folders, reverse=True):
        default_storage.delete(folder)

"""Reading a file that was written by ``sending``, and refusing every other one before anything is changed."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compounds.registry.moving.errors import FileDamaged, NotAnExport
from compounds.registry.moving.manifest import NAME, Manifest, file_member, table_member

_PIECE = 1 << 16
# Far above a manifest of a hundred thousand pictures.
_LONGEST_MANIFEST = 64 << 20
# Folders and a name of letters, digits, dots and the like; none begins with a dot, so none leads upwards.
_FILE_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", re.ASCII)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class Pack:
    """One opened file: its manifest, and its members in pieces."""

    def __init__(self, pack: zipfile.ZipFile, manifest: Manifest) -> None:
        self._pack = pack
        self.manifest = manifest

    def table(self, name: str) -> Iterator[bytes]:
        return self._pieces(table_member(name))

    def file(self, name: str) -> Iterator[bytes]:
        return self._pieces(file_member(name))

    def require_whole(self) -> None:
        """Read everything once. Raises FileDamaged at the first member that is not what the manifest says."""
        parts: dict[str, tuple[str, int | None]] = {
            table_member(name): (part.sha256, None) for name, part in self.manifest.tables.items()
        }
        for name, part in self.manifest.files.items():
            if not _FILE_NAME.fullmatch(name):
                raise FileDamaged(member=name)
            parts[file_member(name)] = (part.sha256, part.size)
        if odd := set(self._pack.namelist()) ^ (parts.keys() | {NAME}):
            raise FileDamaged(member=min(odd))
        for member, (sha256, size) in parts.items():
            digest, read = hashlib.sha256(), 0
            for piece in self._pieces(member):
                digest.update(piece)
                read += len(piece)
            if digest.hexdigest() != sha256 or size not in (None, read):
                raise FileDamaged(member=member)

    def _pieces(self, member: str) -> Iterator[bytes]:
        try:
            with self._pack.open(member) as opened:
                while piece := opened.read(_PIECE):
                    yield piece
        except _UNREADABLE as error:
            raise FileDamaged(member=member) from error


@contextmanager
def opened(path: Path) -> Iterator[Pack]:
    """Open a file and read its manifest. Raises NotAnExport, OtherFormat."""
    try:
        pack = zipfile.ZipFile(path)
    except (*_UNREADABLE, OSError) as error:
        raise NotAnExport from error
    with pack:
        try:
            if pack.getinfo(NAME).file_size > _LONGEST_MANIFEST:
                raise NotAnExport
            text = pack.read(NAME)
        except (*_UNREADABLE, KeyError) as error:
            raise NotAnExport from error
        yield Pack(pack, Manifest.from_json(text))

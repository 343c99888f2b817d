"""What a file must hold: said in its ``manifest.json``, written last and read first."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from compounds.registry.moving.errors import NotAnExport, OtherFormat

NAME = "manifest.json"
# Raised whenever a reader of before would misunderstand the file.
FORMAT = 1
PRODUCT = "linjuli compound"


# What stands in the compound's row and does not come along: what every installation gives anew (its key, its days, the
# schema, named after the address), and where a compound stands in it: archived, migrated to which state, opened how.
STAYS_BEHIND = frozenset(
    "id created_at updated_at schema_name state comes_from_file migrated_to migration_error".split()
)


@dataclass(frozen=True)
class Origin:
    """The compound as it was called where it came from."""

    slug: str
    name: str
    community: str
    street: str
    district: str
    built_on: str | None
    note: str
    exported_at: str
    # Files written before it was carried have none.
    phone: str = ""

    def date_built(self) -> date | None:
        """When it was built. Raises ValueError for what is no date."""
        return date.fromisoformat(self.built_on) if self.built_on else None


@dataclass(frozen=True)
class TablePart:
    """One table: its columns in the order of the rows, how many rows, and the SHA-256 of its member."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class FilePart:
    """One file of the compound: bytes, and the SHA-256 of them."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The whole file. Sequences by name: their last value, and whether it was handed out."""

    origin: Origin
    migrations: list[str]
    tables: dict[str, TablePart]
    sequences: dict[str, tuple[int, bool]]
    files: dict[str, FilePart] = field(default_factory=dict)

    def as_json(self) -> str:
        return json.dumps({"product": PRODUCT, "format": FORMAT} | asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """Raises NotAnExport, OtherFormat."""
        try:
            read: dict[str, Any] = json.loads(text)
            if read["product"] != PRODUCT:
                raise NotAnExport
            if read["format"] != FORMAT:
                raise OtherFormat(found=read["format"], wanted=FORMAT)
            origin = Origin(**read["origin"])
            origin.date_built()
            return cls(
                origin=origin,
                migrations=[str(name) for name in read["migrations"]],
                tables={str(name): TablePart(**part) for name, part in read["tables"].items()},
                sequences={str(name): (int(last), bool(called)) for name, (last, called) in read["sequences"].items()},
                files={str(name): FilePart(**part) for name, part in read["files"].items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise NotAnExport from error


def table_member(table: str) -> str:
    return f"tables/{table}"


def file_member(name: str) -> str:
    return f"files/{name}"

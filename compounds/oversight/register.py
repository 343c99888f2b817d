"""The register of open matters in public: one app says what is open inside a compound, here it is kept in step."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from compounds.oversight.models import OpenItem
from compounds.registry.models import Compound


@dataclass(frozen=True)
class Item:
    """One open matter without personal data. ``step`` and ``party`` are keys whose words the register was told."""

    number: str
    title: str
    category: str
    category_en: str
    step: str
    party: str
    owned: bool
    opened_on: date
    due_on: date | None
    on_hold: bool
    # The moment of a clock in hours.
    due_at: datetime | None = None
    # How far up it went for being late; a key whose words the register was told.
    escalated: str = ""
    # Who may read the title beside the district's staff: everybody, or every member.
    on_board: bool = False
    for_members: bool = False


@dataclass(frozen=True)
class Words:
    """What the register's keys are called, and where a matter stands below its compound's mount.

    ``counted_by``: the figure that counts all that is open, what the register does not hold too. ``levels``: how far up
    a late matter may go, the nearest first.
    """

    steps: dict[str, Any]
    parties: dict[str, Any]
    path: Callable[[str], str]
    counted_by: str
    levels: dict[str, Any] = field(default_factory=dict)


_sources: list[tuple[Callable[[], Iterable[Item]], Words]] = []


def register(items: Callable[[], Iterable[Item]], words: Words) -> None:
    """Name the function that lists, inside a compound, what is open there. Raises ValueError on a second one."""
    if _sources:
        raise ValueError("somebody fills the register already")
    _sources.append((items, words))


def words() -> Words:
    """The words of the app that fills the register."""
    return _sources[0][1]


def keep_in_step(compound: Compound) -> None:
    """From inside the compound, under its recount's lock: write only what has changed."""
    wanted = {item.number: item for items, _words in _sources for item in items()}
    there = {row.number: row for row in OpenItem.objects.filter(compound=compound)}
    gone = [row.pk for number, row in there.items() if number not in wanted]
    OpenItem.objects.filter(pk__in=gone).delete()
    new, changed = [], []
    for number, item in wanted.items():
        row = there.get(number)
        if row is None:
            new.append(OpenItem(compound=compound, **asdict(item)))
        elif any(getattr(row, name) != value for name, value in asdict(item).items()):
            changed.append(OpenItem(pk=row.pk, compound=compound, **asdict(item)))
    OpenItem.objects.bulk_create(new)
    if changed:
        OpenItem.objects.bulk_update(changed, list(asdict(next(iter(wanted.values())))), batch_size=200)

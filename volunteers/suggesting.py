"""Who might be honoured, and why: figures name people, people decide. Nobody is honoured by a figure alone.

Each source of figures is registered here, those of higher apps by their module ``honouring``:

    suggesting.register(SuggestBy.HOURS, figures=hours, words=hours_in_words)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from compounds.organisation.models import Household, Person
from volunteers.models import Honour, HonourFor, HonourKind, SuggestBy

type Figures = dict[str, int]
# By key of the person; what counts stands under ``value``, and everything can be added up for a household.
type Source = Callable[[int], dict[int, Figures]]
type Words = Callable[[Figures], str]


@dataclass(frozen=True)
class Suggested:
    """One person or household, with the figures and what they say."""

    receiver: Person | Household
    facts: dict[str, Any]
    why: str
    # The same in Chinese: as a reason it hangs in public.
    reason: str

    @property
    def key(self) -> int:
        return self.receiver.pk

    @property
    def household(self) -> Household | None:
        """Where it is one."""
        return self.receiver if isinstance(self.receiver, Household) else None


_sources: dict[str, tuple[Source, Words]] = {}


def register(by: SuggestBy, *, figures: Source, words: Words) -> None:
    """Add a source. Raises ValueError when it is there already."""
    if by in _sources:
        raise ValueError(f"{by} is there already")
    _sources[by] = (figures, words)


def suggestions(kind: HonourKind, year: int) -> list[Suggested]:
    """Whom the year's figures suggest, the most first, without those who have this honour or are proposed for it."""
    if kind.suggest_by not in _sources:
        return []
    source, words = _sources[kind.suggest_by]
    found = source(year)
    rows: list[tuple[Person | Household, Figures]]
    if kind.given_to == HonourFor.HOUSEHOLD:
        rows = _of_households(found)
        there = _honoured(kind, year, "household")
    else:
        rows = [(one, found[one.pk]) for one in _people(found)]
        there = _honoured(kind, year, "person")
    enough = [
        (one, facts) for one, facts in rows if one.pk not in there and _counted(kind, facts) >= kind.suggest_least
    ]
    enough.sort(key=lambda row: (-row[1]["value"], str(row[0])))
    with translation.override("zh-hans"):
        reasons = [words(facts) for _one, facts in enough]
    return [
        Suggested(one, {"from": kind.suggest_by, **facts}, words(facts), reason)
        for (one, facts), reason in zip(enough, reasons, strict=True)
    ]


def in_words(honour: Honour) -> str:
    """What the figures said from which an honour was suggested; empty without any."""
    known = _sources.get(honour.facts.get("from", ""))
    return known[1](honour.facts) if known else ""


def as_of_now(honours: Iterable[Honour]) -> dict[int, dict[str, Any]]:
    """By key, the figures of people's hours as they are when they are honoured: what came in since counts too."""
    rows = [row for row in honours if row.facts.get("from") == SuggestBy.HOURS and row.person_id]
    by_year = {year: _sources[SuggestBy.HOURS][0](year) for year in {row.year for row in rows}}
    return {row.pk: {**row.facts, **by_year[row.year].get(row.person_id or 0, {})} for row in rows}


def _counted(kind: HonourKind, facts: Figures) -> int:
    """Hours are kept in minutes."""
    in_minutes = kind.suggest_by in {SuggestBy.HOURS, SuggestBy.PARTY_HOURS}
    return facts["value"] // 60 if in_minutes else facts["value"]


def _people(found: dict[int, Figures]) -> Iterable[Person]:
    return Person.objects.people().filter(pk__in=found, erased_at=None)


def _of_households(found: dict[int, Figures]) -> list[tuple[Person | Household, Figures]]:
    """What its people did, added up."""
    sums: dict[int, Figures] = {}
    for one in _people(found):
        if one.household_id is not None:
            mine = sums.setdefault(one.household_id, {})
            for name, value in found[one.pk].items():
                mine[name] = mine.get(name, 0) + value
    rows = Household.objects.filter(pk__in=sums).select_related("entrance__building__unit")
    return [(row, sums[row.pk]) for row in rows]


def _honoured(kind: HonourKind, year: int, field: str) -> set[int]:
    return set(Honour.objects.standing().of_year(year).filter(kind=kind).values_list(field, flat=True))

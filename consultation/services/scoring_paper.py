"""Scoring on paper: a pile is printed, who takes a sheet is ticked, two people key each sheet in, and it counts once.

A sheet is drawn from the pile, so its code belongs to nobody; what was keyed in waits under that code, never under a
name, and is deleted in the transaction that counts it. The paper is kept.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db import transaction

from compounds.accounts.models import hash_token
from compounds.organisation.models import Person
from consultation.errors import (
    KeyedByOneself,
    MorePaperThanTaken,
    PaperCodeUnknown,
    PaperCountedAlready,
    PaperIsCounted,
    ScoringNotOpen,
    SheetIncomplete,
)
from consultation.models import PaperSheet, RoundState, Scorer, ScoringRound
from consultation.models.scoring import VALUES
from consultation.services import scoring_tallies
from consultation.services.scoring import locked, require_may_score
from consultation.services.scoring_tallies import Lines

# Without what is mistaken for something else when read off paper.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 8
MOST_SHEETS = 60


class Keyed(Enum):
    """What became of a sheet that was keyed in."""

    WAITS = "waits"
    DIFFERS = "differs"
    COUNTED = "counted"


@dataclass(frozen=True)
class Difference:
    """One line that two people read differently."""

    subject: int
    values: list[int]


@transaction.atomic
def print_pile(scoring: ScoringRound, count: int, *, today: date) -> list[str]:
    """Make that many sheets. Returns their codes, to be printed now: only hashes are kept. Raises ScoringNotOpen."""
    scoring = locked(scoring)
    if not scoring.takes_scores(today):
        raise ScoringNotOpen
    codes = ["".join(secrets.choice(_LETTERS) for _n in range(_CODE_LENGTH)) for _sheet in range(count)]
    # Sorted by hash, so that the order of the rows says nothing about the order of the pile.
    hashes = sorted(hash_token(code) for code in codes)
    PaperSheet.objects.bulk_create(PaperSheet(round=scoring, code_hash=one) for one in hashes)
    return [spelled(code) for code in codes]


@transaction.atomic
def take(scorer: Scorer, *, today: date) -> None:
    """Tick that this scorer took a sheet. Raises ScoringNotOpen, ScoredAlready, TookPaper."""
    locked(scorer.round)
    scorer = Scorer.objects.select_for_update(of=("self",)).select_related("round").get(pk=scorer.pk)
    require_may_score(scorer, today)
    # Whoever has paper needs no link.
    scorer.took_paper, scorer.link_hash = True, None
    scorer.save(update_fields=["took_paper", "link_hash"])


@transaction.atomic
def give_back(scorer: Scorer, *, today: date) -> None:
    """The sheet came back empty, so this scorer may score on screen again. Raises ScoringNotOpen, PaperIsCounted."""
    scoring = locked(scorer.round)
    if not scoring.takes_scores(today):
        raise ScoringNotOpen
    scorer = Scorer.objects.select_for_update(of=("self",)).get(pk=scorer.pk)
    if scorer.took_paper and taken(scoring) <= counted(scoring):
        raise PaperIsCounted
    scorer.took_paper = False
    scorer.save(update_fields=["took_paper"])


def find(scoring: ScoringRound, code: str) -> PaperSheet:
    """The sheet with that code, however it was typed. Raises PaperCodeUnknown, PaperCountedAlready."""
    plain = "".join(letter for letter in code.upper() if letter in _LETTERS)
    sheet = scoring.paper_sheets.filter(code_hash=hash_token(plain)).first()
    if sheet is None:
        raise PaperCodeUnknown
    if sheet.counted:
        raise PaperCountedAlready
    return sheet


@transaction.atomic
def key(sheet: PaperSheet, lines: Lines, *, today: date, by: Person) -> Keyed:
    """Take what ``by`` read off the sheet: a value (0: left empty) for every subject, as the paper names nobody.

    It counts once a different person has keyed in the same. Where they differ both entries stay, and whoever keys it
    in again replaces their own. Raises ScoringNotOpen, PaperCountedAlready, KeyedByOneself, SheetIncomplete,
    MorePaperThanTaken.
    """
    scoring = locked(sheet.round)
    if scoring.state != RoundState.OPEN or (scoring.keying_until and today > scoring.keying_until):
        raise ScoringNotOpen
    sheet = PaperSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.counted:
        raise PaperCountedAlready
    _require_complete(scoring, lines)
    entry = {str(subject): value for subject, value in lines.items()}
    others = [read for person, read in sheet.keyed.items() if person != str(by.pk)]
    if sheet.keyed and not others:
        raise KeyedByOneself
    if entry in others:
        return _count(scoring, sheet, lines)
    sheet.keyed[str(by.pk)] = entry
    sheet.save(update_fields=["keyed"])
    return Keyed.DIFFERS if others else Keyed.WAITS


def differences(sheet: PaperSheet) -> list[Difference]:
    """The lines that were read differently; none while one person only has keyed the sheet in."""
    return [one for one in _read(sheet) if len(set(one.values)) > 1]


def read_alike(sheet: PaperSheet) -> Lines:
    """The lines on which all who keyed it in agree; none while one person only has."""
    return {one.subject: one.values[0] for one in _read(sheet) if len(set(one.values)) == 1}


def _read(sheet: PaperSheet) -> list[Difference]:
    """Each line as each read it, once two have."""
    keyed = PaperSheet.objects.values_list("keyed", flat=True).get(pk=sheet.pk)
    entries = [{int(subject): value for subject, value in read.items()} for read in keyed.values()]
    if len(entries) < 2:
        return []
    return [Difference(subject, [entry[subject] for entry in entries]) for subject in sorted(entries[0])]


def taken(scoring: ScoringRound) -> int:
    """How many scorers took paper. They have not scored on screen, nor can they."""
    return scoring.scorers.filter(took_paper=True).count()


def counted(scoring: ScoringRound) -> int:
    return scoring.paper_sheets.filter(counted=True).count()


def spelled(code: str) -> str:
    """In groups of four, as it is read."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def _require_complete(scoring: ScoringRound, lines: Lines) -> None:
    if set(lines) != set(scoring.subjects.values_list("pk", flat=True)) or not set(lines.values()) <= set(VALUES):
        raise SheetIncomplete


def _count(scoring: ScoringRound, sheet: PaperSheet, lines: Lines) -> Keyed:
    most = taken(scoring)
    if counted(scoring) >= most:
        raise MorePaperThanTaken(taken=most)
    scoring_tallies.add(scoring, [lines])
    sheet.keyed, sheet.counted = {}, True
    sheet.save(update_fields=["keyed", "counted"])
    return Keyed.COUNTED

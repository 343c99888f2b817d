"""What somebody gave is in no dump and no log, whenever they are taken (domain: Quarterly scoring; docs/adr/0020).

Thirty people score, and after each one everything is read as somebody with the whole database would: every row of the
compound in the order in which it lies on disk, with ``xmin``, keys and times, and all log lines. A matcher that knows
the thirty sheets, and the order in which the rows of those who have scored were written, then says who gave which.

The matcher is worth something: it is run against two naive ways first, and finds all thirty sheets in each.
"""

import json
import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation.models import Person
from compounds.registry.context import compound_context
from consultation.models import Scorer, ScoringRound
from consultation.quarters import Quarter
from consultation.services import scoring
from tests.committing import YARD
from tests.consultation.scoring import met
from tests.factories import PersonFactory

SCORERS, DELIBERATORS = 30, 4
VALUES = 6
type Sheet = dict[int, int]
type Row = dict[str, Any]
type Submit = Callable[[Scorer, Sheet], None]


@dataclass(frozen=True)
class Dump:
    """Everything at one moment: the rows of every table as they lie, and what was logged so far."""

    tables: dict[str, list[Row]]
    log: str


# --- The stage -------------------------------------------------------------------------------------------------------


@pytest.fixture
def row(committing) -> ScoringRound:
    """An open round of the last quarter, with thirty scorers who may sign in."""
    quarter = Quarter.before(timezone.localdate())
    with compound_context(YARD):
        met(*[PersonFactory(name=f"议事员{n}") for n in range(DELIBERATORS)], on=quarter.last)
        for n in range(SCORERS):
            PersonFactory(name=f"打分人{n:02}", posts=["residents_rep"])
        made = scoring.open_round(quarter, today=quarter.opens_on())
        assert made is not None
        # Today is within the days of the round, whatever day the tests run on.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE consultation_scoringround DISABLE TRIGGER USER")
            ScoringRound.objects.update(closes_on=timezone.localdate(), keying_until=timezone.localdate())
            cursor.execute("ALTER TABLE consultation_scoringround ENABLE TRIGGER USER")
    return made


@pytest.fixture
def log() -> Iterator[list[str]]:
    """All log lines, of whatever level, with every field."""
    lines: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.levelname} {record.getMessage()} {record.__dict__}")

    root, keeper, level = logging.getLogger(), Keeper(), logging.getLogger().level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(keeper)
    root.setLevel(level)


def dump(log: list[str]) -> Dump:
    with compound_context(YARD), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [YARD])
        tables = {}
        for (name,) in cursor.fetchall():
            if name.startswith(("consultation_scor", "consultation_tally", "consultation_paper", "naive_")):
                # ctid as a number: page and place in it.
                cursor.execute(f"SELECT ctid::text AS at, xmin::text AS born, t.* FROM {name} AS t ORDER BY ctid")
                columns = [column.name for column in cursor.description]
                tables[name] = [dict(zip(columns, found, strict=True)) for found in cursor.fetchall()]
    return Dump(tables, "\n".join(log))


def sheets_of(row: ScoringRound) -> dict[int, Sheet]:
    """What each scorer is going to give, by key of the scorer: drawn evenly, so that chance is one in six a line."""
    draw = random.Random(20260401)
    with compound_context(YARD):
        return {
            scorer.pk: {subject.pk: draw.randrange(VALUES) for subject in scoring.subjects_for(scorer)}
            for scorer in row.scorers.select_related("round")
        }


def told(row: ScoringRound, submit: Submit, log: list[str]) -> int:
    """Let everybody score in a drawn order; after each look, say what the last one gave. Returns lines told right."""
    sheets = sheets_of(row)
    order = random.Random(7).sample(sorted(sheets), len(sheets))
    right, before = 0, dump(log)
    for pk in order:
        with compound_context(YARD):
            submit(Scorer.objects.select_related("round", "person").get(pk=pk), sheets[pk])
        after = dump(log)
        guessed = guess(pk, before, after, sheets)
        right += sum(guessed.get(subject) == value for subject, value in sheets[pk].items())
        before = after
    return right


CHANCE = SCORERS * (DELIBERATORS + 2) / VALUES
# Five standard deviations of a binomial count above its mean.
MOST_BY_CHANCE = CHANCE + 5 * (CHANCE * (1 - 1 / VALUES)) ** 0.5
ALL = SCORERS * (DELIBERATORS + 2)


# --- The matcher -----------------------------------------------------------------------------------------------------


def guess(scorer: int, before: Dump, after: Dump, sheets: dict[int, Sheet]) -> Sheet:
    """What this scorer gave, by the first way that says something for every subject; else drawn by chance."""
    draw = random.Random(scorer)
    subjects = list(sheets[scorer])
    for way in (by_stored_sheet, by_log, by_same_birth, by_growth, by_numbers_of_one):
        said = way(scorer, before, after, sheets)
        if said and set(said) >= set(subjects):
            return said
    return {subject: draw.randrange(VALUES) for subject in subjects}


def written_last(dumped: Dump) -> list[int]:
    """Keys of those who have scored, in the order in which their rows were written."""
    rows = [one for one in dumped.tables["consultation_scorer"] if one["scored"]]
    return [one["id"] for one in sorted(rows, key=lambda one: int(one["born"]))]


def by_stored_sheet(scorer: int, before: Dump, after: Dump, sheets: dict[int, Sheet]) -> Sheet:
    """Some row holds a whole sheet: by order on disk, birth, key or any time it stands beside a scorer's row."""
    place = written_last(after).index(scorer)
    for name, rows in after.tables.items():
        if name == "consultation_scorer":
            continue
        holding = [(row, held) for row in rows if (held := _held(row, sheets))]
        for column in ("at", "born", *_orderly(holding)):
            in_order = sorted(holding, key=lambda one: _sortable(one[0][column]))
            if len(in_order) == len(written_last(after)):
                return in_order[place][1]
    return {}


def by_log(scorer: int, before: Dump, after: Dump, sheets: dict[int, Sheet]) -> Sheet:
    """A log line says the values one after the other, or the sheet as data."""
    new = after.log[len(before.log) :]
    for sheet in sheets.values():
        if str(sheet) in new or json.dumps(sheet) in new or ", ".join(map(str, sheet.values())) in new:
            return sheet
    return {}


def by_same_birth(scorer: int, before: Dump, after: Dump, sheets: dict[int, Sheet]) -> Sheet:
    """The tallies that were born together with the scorer's row: if not all were, those are the sheet."""
    born = next(one["born"] for one in after.tables["consultation_scorer"] if one["id"] == scorer)
    return _one_a_subject(tally for name in _tallies(after) for tally in after.tables[name] if tally["born"] == born)


def by_growth(scorer: int, before: Dump, after: Dump, sheets: dict[int, Sheet]) -> Sheet:
    """The tallies that are greater by one than they were the last time somebody looked."""
    grown = []
    for name in _tallies(after):
        was = {one["id"]: _number(one) for one in before.tables.get(name, [])}
        grown += [one for one in after.tables[name] if _number(one) - was.get(one["id"], 0) == 1]
    return _one_a_subject(grown)


def by_numbers_of_one(scorer: int, before: Dump, after: Dump, sheets: dict[int, Sheet]) -> Sheet:
    """While one only has scored, whatever is 1 is theirs."""
    if len(written_last(after)) != 1:
        return {}
    return _one_a_subject(one for name in _tallies(after) for one in after.tables[name] if _number(one) == 1)


def _tallies(dumped: Dump) -> list[str]:
    return [name for name, rows in dumped.tables.items() if rows and {"subject_id", "value"} <= rows[0].keys()]


def _number(row: Row) -> int:
    return row["count"] if "count" in row else row["sealed"]


def _one_a_subject(rows: Any) -> Sheet:
    """As a sheet, where there is one value for each subject; else nothing."""
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row["subject_id"], []).append(row["value"])
    return {subject: values[0] for subject, values in found.items() if len(values) == 1}


def _held(row: Row, sheets: dict[int, Sheet]) -> Sheet:
    text = str(sorted(row.items()))
    return next((sheet for sheet in sheets.values() if json.dumps(sheet) in text), {})


def _orderly(holding: list[tuple[Row, Sheet]]) -> list[str]:
    return [name for name in (holding[0][0] if holding else {}) if name not in {"at", "born", "lines"}]


def _sortable(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("("):
        page, place = value.strip("()").split(",")
        return int(page), int(place)
    return int(value) if isinstance(value, str) and value.isdigit() else value


# --- Naive ways, on which the matcher proves itself ------------------------------------------------------------------


def naive_table(columns: str) -> None:
    with compound_context(YARD), connection.cursor() as cursor:
        cursor.execute(columns)


@pytest.fixture
def no_naive_tables(committing):
    yield
    naive_table("DROP TABLE IF EXISTS naive_sheet, naive_tally")


def test_stored_sheets_with_random_keys_and_without_times_are_all_matched(row, log, no_naive_tables):
    naive_table("CREATE TABLE naive_sheet (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), lines text NOT NULL)")

    def store(scorer: Scorer, sheet: Sheet) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO naive_sheet (lines) VALUES (%s)", [json.dumps(sheet)])
            scorer.scored = True
            scorer.save(update_fields=["scored"])

    assert told(row, store, log) == ALL


@pytest.mark.parametrize("rewrite_all", [False, True], ids=["the touched tallies only", "all tallies, unsealed"])
def test_plain_tallies_tell_what_the_last_one_gave(row, log, no_naive_tables, rewrite_all):
    naive_table("CREATE TABLE naive_tally (id serial, subject_id bigint, value int, count int DEFAULT 0)")
    with compound_context(YARD), connection.cursor() as cursor:
        for subject in row.subjects.all():
            for value in range(VALUES):
                cursor.execute("INSERT INTO naive_tally (subject_id, value) VALUES (%s, %s)", [subject.pk, value])

    def add(scorer: Scorer, sheet: Sheet) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for subject, value in sheet.items():
                where = "subject_id = %s AND value = %s"
                cursor.execute(f"UPDATE naive_tally SET count = count + 1 WHERE {where}", [subject, value])
            if rewrite_all:
                cursor.execute("UPDATE naive_tally SET count = count")
            scorer.scored = True
            scorer.save(update_fields=["scored"])

    assert told(row, add, log) == ALL


# --- Ours ------------------------------------------------------------------------------------------------------------


def test_ours_tells_no_more_than_chance(row, log):
    def submit(scorer: Scorer, sheet: Sheet) -> None:
        scoring.submit(scorer, sheet, today=timezone.localdate())

    assert told(row, submit, log) <= MOST_BY_CHANCE


def test_scoring_in_the_browser_tells_no_more_than_chance_and_leaves_no_line_in_the_log(row, log):
    def submit(scorer: Scorer, sheet: Sheet) -> None:
        connection.set_schema_to_public()  # noqa: TID251 - the client's request enters the compound by itself
        client = Client()
        client.force_login(User.objects.get(pk=scorer.person.user_id))
        before = len(log)
        answer = client.post(
            f"/c/yard/scoring/{row.label}/sheet/",
            {"go": "send", **{f"given_{subject}": value for subject, value in sheet.items()}},
        )
        assert answer.status_code == 302, answer.content.decode()
        assert answer["Location"].endswith("/thanks/")
        # What is below INFO is written in no installation (config.logs).
        assert [line for line in log[before:] if not line.startswith("DEBUG")] == []

    assert told(row, submit, log) <= MOST_BY_CHANCE


def test_all_tallies_are_of_one_birth_and_lie_in_the_order_of_their_keys(row, log):
    sheets = sheets_of(row)
    with compound_context(YARD):
        for scorer in row.scorers.select_related("round")[:5]:
            scoring.submit(scorer, sheets[scorer.pk], today=timezone.localdate())

    tallies = dump(log).tables["consultation_tally"]

    assert len({one["born"] for one in tallies}) == 1
    assert len(tallies) == (DELIBERATORS + 2) * VALUES


def test_a_scorers_row_has_no_time_and_nothing_else_is_written_with_it(row, log):
    before = _all_rows()
    with compound_context(YARD):
        scorer = row.scorers.select_related("round").first()
        scoring.submit(scorer, sheets_of_one(scorer), today=timezone.localdate())

    changed = {name for name, rows in _all_rows().items() if rows != before[name]}

    assert changed == {"consultation_scorer", "consultation_tally", "consultation_scoringround"}
    kinds = {field.get_internal_type() for field in Scorer._meta.fields}
    assert not kinds & {"DateTimeField", "DateField", "TimeField"}


def sheets_of_one(scorer: Scorer) -> Sheet:
    return {subject.pk: 3 for subject in scoring.subjects_for(scorer)}


def _all_rows() -> dict[str, set[str]]:
    """Every table of the compound and of public, but for sessions and what the test itself wrote there."""
    with compound_context(YARD), connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN (%s, 'public')", [YARD])
        found = {}
        for schema, name in cursor.fetchall():
            cursor.execute(f'SELECT xmin::text || t::text FROM "{schema}"."{name}" AS t')
            found[name if schema == YARD else f"public.{name}"] = {text for (text,) in cursor.fetchall()}
    return found


def test_the_statements_that_reach_the_server_hold_no_plain_value(row, django_assert_max_num_queries):
    """So that a slow or failed statement in PostgreSQL's own log says nothing either."""
    with compound_context(YARD):
        scorer = row.scorers.select_related("round").first()
        sheet = sheets_of_one(scorer)
        with django_assert_max_num_queries(40) as asked:
            scoring.submit(scorer, sheet, today=timezone.localdate())

    writing = [one["sql"] for one in asked.captured_queries if one["sql"].startswith(("UPDATE", "INSERT"))]
    assert writing
    updated = [sql for sql in writing if "consultation_tally" in sql]
    assert len(updated) == 1
    numbers = [
        int(word) for word in updated[0].replace("{", ",").replace("}", ",").split(",") if word.strip().isdigit()
    ]
    kept = [number for number in numbers if number > 1_000_000]
    assert len(kept) >= (DELIBERATORS + 2) * VALUES - 1
    assert Person.__name__ not in updated[0]
    assert django_settings.SECRET_KEY not in " ".join(writing)

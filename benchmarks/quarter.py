"""A quarter's scoring in every compound: opened, reminded of, frozen and posted, awarded; among few and among many.

Each compound has met, has scorers and has been scored when it is frozen; giving the scores is not measured. The nights
are fanned out through the ledger and drained by two processes, as workers do.
"""

import argparse
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from benchmarks.draining import drain
from benchmarks.measuring import Figures, seconds
from compounds.jobs import runs
from compounds.jobs.models import Run, RunState
from compounds.organisation.models import Level, Person, Post, PostKind, Unit
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from compounds.workdays.lateness import moment
from consultation.models import Attendance, AttendanceKind, Meeting, Party, RoundState, ScoringRound
from consultation.quarters import Quarter
from consultation.services import scoring, scoring_life
from consultation.tasks import SCORING
from demo import synthetic
from notices.reminders import KIND
from notices.reminding import engine

_FEW = 100
_SAMPLE = 50
_SCORERS = 20
_DELIBERATORS = 8
# What the rounds go through, in this order.
PHASES = ("open", "remind", "freeze", "award")
type Days = dict[str, date]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=1000)
    parser.add_argument("--issues", type=int, default=20)


def measure(options: argparse.Namespace) -> Figures:
    """Milliseconds per compound of a whole round among all (ours) and among the first hundred (against)."""
    few = min(_FEW, options.compounds // 2)
    sample = min(_SAMPLE, few // 2)
    today = timezone.localdate()
    _make(few, options.issues, today)
    first = _names()[:sample]
    among_few = _one_after_the_other(first, today)
    _make(options.compounds - few, options.issues, today)
    last = _names()[-sample:]
    among_many = _one_after_the_other(last, today)
    done = {*first, *last}
    rest = [name for name in _names() if name not in done]
    nights = _nights(rest, today)
    more: dict[str, float] = {"compounds": options.compounds}
    more |= {f"{phase}_ms_per_compound": 1000 * among_many[phase] for phase in PHASES}
    more |= {f"{phase}_ms_among_the_first_{few}": 1000 * among_few[phase] for phase in PHASES}
    more |= {f"{phase}_seconds_for_{len(rest)}_with_two_workers": nights[phase] for phase in PHASES}
    return Figures(
        "quarter",
        ours=1000 * sum(among_many.values()),
        against=1000 * sum(among_few.values()),
        unit="ms per compound and round",
        more=more,
    )


def _make(compounds: int, issues: int, today: date) -> None:
    """Compounds with a branch that serves, that met in the quarter before this one, and that have who scores."""
    before = set(_names())
    synthetic.make(compounds=compounds, issues=issues, households=0, today=today, tell=lambda _done: None)
    on = Quarter.before(today).last - timedelta(days=10)
    for schema_name in _names():
        if schema_name not in before:
            with compound_context(schema_name):
                _equip(on)


def _equip(on: date) -> None:
    branch = Unit.objects.get(level=Level.BRANCH)
    people = Person.objects.bulk_create(Person(name=f"合成{n}") for n in range(1 + _SCORERS + _DELIBERATORS))
    secretary, scorers, sat = people[0], people[1 : 1 + _SCORERS], people[1 + _SCORERS :]
    kinds = [(secretary, PostKind.BRANCH_SECRETARY), *((person, PostKind.PARTY_MEMBER) for person in scorers)]
    since = on - timedelta(days=100)
    Post.objects.bulk_create(Post(person=person, kind=kind, unit=branch, starts_on=since) for person, kind in kinds)
    meeting = Meeting.objects.create(number=1, starts_at=moment(on), venue="合成", convened_by=secretary)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            person=person,
            kind=AttendanceKind.DELIBERATOR,
            party=Party.RESIDENTS,
            signed_in_by=secretary,
        )
        for person in sat
    )


def _names() -> list[str]:
    """Schemas, the oldest first."""
    return list(Compound.objects.ready().order_by("pk").values_list("schema_name", flat=True))


def _score() -> None:
    """Everybody gives everything the same; what was given does not change what freezing costs."""
    round_ = ScoringRound.objects.get(state=RoundState.OPEN)
    for scorer in round_.scorers.all():
        lines = {subject.pk: 4 for subject in scoring.subjects_for(scorer)}
        scoring.submit(scorer, lines, today=round_.opened_on)


def _days() -> Days:
    """When the round of the compound one stands in is frozen, and when its posting is over."""
    round_ = ScoringRound.objects.select_related("posting").latest("pk")
    assert round_.closes_on
    ends = round_.posting.ends_on if round_.posting else round_.closes_on
    return {"freeze": round_.closes_on + timedelta(days=1), "award": ends + timedelta(days=1)}


def _one_after_the_other(schemas: list[str], today: date) -> dict[str, float]:
    """Seconds per compound of each phase, in this process."""
    taken = {}
    days: Days = {}
    for phase in PHASES:
        if phase == "freeze":
            _in_each(schemas, _score)
        with compound_context(schemas[0]):
            days = _days() if phase in {"freeze", "award"} else days
        work = _phase(phase, days.get(phase, today))
        taken[phase] = seconds(partial(_in_each, schemas, work)) / len(schemas)
        print(f"  {phase}: {1000 * taken[phase]:.1f} ms per compound", flush=True)
    with compound_context(schemas[0]):
        _require_awarded()
    return taken


def _phase(phase: str, on: date) -> Callable[[], object]:
    if phase == "remind":
        return lambda: engine.look(moment(on) + timedelta(hours=12))
    return lambda: scoring_life.turn(on)


def _in_each(schemas: list[str], work: Callable[[], object]) -> None:
    for schema_name in schemas:
        with compound_context(schema_name):
            work()


def _nights(schemas: list[str], today: date) -> dict[str, float]:
    """Seconds of each phase for all of them, through the ledger with two workers."""
    taken = {"open": seconds(partial(_night, SCORING, today.isoformat(), schemas))}
    taken["remind"] = seconds(partial(_night, KIND, today.isoformat(), schemas))
    _in_each(schemas, _score)
    for phase in ("freeze", "award"):
        with compound_context(schemas[0]):
            on = _days()[phase]
        taken[phase] = seconds(partial(_night, SCORING, on.isoformat(), schemas))
    _in_each(schemas, _require_awarded)
    return taken


def _night(kind: str, period: str, schemas: list[str]) -> None:
    Run.objects.all().delete()
    runs.ask_each(kind, period, schemas)
    drain()
    if undone := Run.objects.exclude(state=RunState.DONE).count():
        raise RuntimeError(f"{undone} runs of {kind} were not done")


def _require_awarded() -> None:
    if not ScoringRound.objects.filter(state=RoundState.AWARDED, awards__isnull=False).exists():
        raise RuntimeError("a round did not end with an award")

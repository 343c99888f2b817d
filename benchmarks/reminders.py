"""Reminding among many compounds: an idle minute against asking each compound, one look, and a whole night's sweep."""

import argparse

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.draining import drain
from benchmarks.measuring import Figures, seconds, taking_turns
from compounds.jobs import runs
from compounds.jobs.models import Call, Due, Run, RunState
from compounds.jobs.tasks import wake_due
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from notices.models import Reminder
from notices.reminders import KIND
from notices.reminding import engine

_FEW = 100
_SAMPLE = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=1000)
    parser.add_argument("--issues", type=int, default=50)


def measure(options: argparse.Namespace) -> Figures:
    """Milliseconds of a minute in which nothing is due anywhere, against those of looking into every compound."""
    few = min(_FEW, options.compounds)
    call_command("make_district", compounds=few, issues=options.issues, yes=True)
    among_few = _per_compound()
    if options.compounds > few:
        call_command("make_district", compounds=options.compounds - few, issues=options.issues, yes=True)
    among_many = _per_compound(newest=True)
    _forget_calls()
    night = seconds(_night)
    done = Run.objects.filter(kind=KIND, state=RunState.DONE).count()
    if done != options.compounds:
        raise RuntimeError(f"{done} of {options.compounds} compounds were looked through")
    _forget_calls()
    wake_due()
    # The night's other work is not what is measured.
    Run.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        wake_due()
    taken = taking_turns(3, idle=wake_due, each=_ask_each)
    return Figures(
        "reminders",
        ours=1000 * taken["idle"],
        against=1000 * taken["each"],
        unit="ms per idle minute",
        more={
            "compounds": options.compounds,
            "queries_per_idle_minute": len(queries),
            "look_ms_per_compound_among_all": 1000 * among_many,
            "look_ms_per_compound_among_the_first": 1000 * among_few,
            "night_seconds_with_two_workers": night,
        },
    )


def _per_compound(*, newest: bool = False) -> float:
    """Seconds of one look, when what was to be told has been told."""
    rows = Compound.objects.ready().order_by("-pk" if newest else "pk")
    schemas = list(rows.values_list("schema_name", flat=True)[:_SAMPLE])

    def look() -> None:
        for schema_name in schemas:
            with compound_context(schema_name):
                engine.look(timezone.now())

    look()
    return taking_turns(3, look=look)["look"] / len(schemas)


def _ask_each() -> None:
    """What one would do without due rows: into each compound, one question."""
    for schema_name in Compound.objects.ready().values_list("schema_name", flat=True):
        with compound_context(schema_name):
            Reminder.objects.filter(handed_at=None, out_at__lte=timezone.now()).exists()


def _forget_calls() -> None:
    Due.objects.all().delete()
    Call.objects.all().delete()


def _night() -> None:
    """The night's runs, drained by two processes as workers do."""
    runs.fan_out(KIND, timezone.localdate().isoformat())
    drain()

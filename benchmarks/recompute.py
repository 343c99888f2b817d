"""Counting every compound's figures again: per compound among few and among many, and a whole night's sweep."""

import argparse

from django.utils import timezone

from benchmarks.draining import drain
from benchmarks.measuring import Figures, seconds, taking_turns
from compounds.jobs import runs
from compounds.jobs.models import Run, RunState
from compounds.oversight.recount import recount
from compounds.oversight.tasks import NIGHT
from compounds.registry.models import Compound, CompoundQuerySet
from demo import synthetic

_FEW = 100
_SAMPLE = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=1000)
    parser.add_argument("--issues", type=int, default=200)


def measure(options: argparse.Namespace) -> Figures:
    """Milliseconds per compound among all (ours) and among the first hundred (against); the night in seconds."""
    few = min(_FEW, options.compounds)
    _make(few, options.issues)
    among_few = _per_compound(Compound.objects.ready())
    _make(options.compounds - few, options.issues)
    among_many = _per_compound(Compound.objects.ready().order_by("-pk"))
    night = seconds(_night)
    done = Run.objects.filter(kind=NIGHT, state=RunState.DONE).count()
    if done != options.compounds:
        raise RuntimeError(f"{done} of {options.compounds} compounds were counted")
    return Figures(
        "recompute",
        ours=1000 * among_many,
        against=1000 * among_few,
        unit="ms per compound",
        more={
            "compounds": options.compounds,
            "compounds_per_second_with_one_process": 1 / among_many,
            "night_seconds_with_two_workers": night,
            "compounds_per_second_of_the_night": options.compounds / night,
        },
    )


def _make(compounds: int, issues: int) -> None:
    synthetic.make(
        compounds=compounds, issues=issues, households=0, today=timezone.localdate(), tell=lambda _done: None
    )


def _per_compound(compounds: CompoundQuerySet) -> float:
    schemas = list(compounds.values_list("schema_name", flat=True)[:_SAMPLE])

    def count() -> None:
        for schema_name in schemas:
            recount(schema_name)

    count()
    return taking_turns(3, recount=count)["recount"] / len(schemas)


def _night() -> None:
    """The night's runs, drained by two processes as workers do."""
    runs.fan_out(NIGHT, timezone.localdate().isoformat())
    drain()

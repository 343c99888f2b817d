"""A deploy with nothing to do: ours against the library's own migrate_schemas --tenant."""

import argparse

from django.core.management import call_command
from django.utils import timezone

from benchmarks.measuring import Figures, taking_turns
from demo import synthetic


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> Figures:
    """The same command in the same process, with and without our executor."""
    synthetic.make(
        compounds=options.compounds, issues=0, households=0, today=timezone.localdate(), tell=lambda _done: None
    )
    taken = taking_turns(options.rounds, ours=lambda: _migrate(None), library=lambda: _migrate("standard"))
    return Figures("deploy_noop", ours=taken["ours"] * 1000, against=taken["library"] * 1000, unit="ms")


def _migrate(executor: str | None) -> None:
    call_command("migrate_schemas", "--tenant", executor=executor, interactive=False, verbosity=0)

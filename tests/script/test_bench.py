"""script/bench knows its benchmarks by looking, and lets none of them near another database."""

import subprocess
import sys

from django.conf import settings

from script import run_bench


def test_what_measures_is_found(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["script/bench", "--help"])

    assert run_bench.main() == 0

    assert {"open", "deploy_noop", "deploy_add_field"} <= set(run_bench.names())
    assert "measuring" not in run_bench.names()
    assert "deploy_noop" in capsys.readouterr().err


def test_an_unknown_name_is_refused(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["script/bench", "opne"])

    assert run_bench.main() == 2


def test_a_benchmark_refuses_a_database_that_is_not_its_own():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "open"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "script/bench" in done.stderr

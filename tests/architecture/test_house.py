"""Migrations are complete, and arrows between the packages point down only."""

import pytest
from django.core.management import call_command
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail(f"run makemigrations:\n{capsys.readouterr().out}")


def test_arrows_point_down_only(capsys):
    status = lint_imports(no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out

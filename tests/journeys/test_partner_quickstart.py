"""docs/partner_quickstart.md, run as it is written against the product's own processes."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from compounds.registry.context import compound_context
from consultation.models import Issue
from consultation.steps import Step
from tests.committing import YARD
from tests.factories import PersonFactory, at_step
from tests.partnering import a_client


def test_the_page_is_true(served, committing, tmp_path):
    client, secret = a_client(committing)
    script = tmp_path / "partner.py"
    page = Path(settings.BASE_DIR, "docs", "partner_quickstart.md").read_text()
    script.write_text("\n".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL)))
    env = os.environ | {
        "LINJULI": served,
        "LINJULI_COMPOUND": "yard",
        "LINJULI_CLIENT_ID": client.client_id,
        "LINJULI_CLIENT_SECRET": secret,
    }

    running = subprocess.Popen(
        [sys.executable, str(script)], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    _the_compound_handles_it()
    told, _nothing = running.communicate(timeout=90)

    assert running.returncode == 0, told
    assert told.splitlines()[-1].endswith("evaluate")


def _the_compound_handles_it():
    """Once it is there and corrected, the matter goes to its evaluation."""
    give_up = time.monotonic() + 30
    with compound_context(YARD):
        while not (issue := Issue.objects.filter(title__startswith="3 栋").first()):
            assert time.monotonic() < give_up, "the partner brought nothing in"
            time.sleep(0.2)
        at_step(issue, Step.EVALUATE, by=PersonFactory())

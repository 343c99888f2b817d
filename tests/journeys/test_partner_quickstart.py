"""docs/partner_quickstart.md, run as it is written against the product's own processes."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

from compounds.partners.hooks import signing
from compounds.partners.tasks import send_events
from compounds.registry.context import compound_context
from consultation.models import Issue
from consultation.steps import Step
from tests.committing import YARD
from tests.factories import PersonFactory, at_step
from tests.partnering import a_client
from tests.partners.hooking import a_webhook


def test_the_page_is_true(served, committing, tmp_path):
    client, secret = a_client(committing)
    port = _free_port()
    hook = a_webhook(client, f"http://127.0.0.1:{port}/hook")
    script = tmp_path / "partner.py"
    page = Path(settings.BASE_DIR, "docs", "partner_quickstart.md").read_text()
    script.write_text("\n".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL)))
    env = os.environ | {
        "LINJULI": served,
        "LINJULI_COMPOUND": "yard",
        "LINJULI_CLIENT_ID": client.client_id,
        "LINJULI_CLIENT_SECRET": secret,
        "LINJULI_WEBHOOK_SECRET": signing.secret(hook.nonce),
        "LINJULI_WEBHOOK_PORT": str(port),
    }

    running = subprocess.Popen(
        [sys.executable, str(script)], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    _the_compound_handles_it()
    _beat(port, running)
    told, _nothing = running.communicate(timeout=90)

    assert running.returncode == 0, told
    assert told.splitlines()[-1].endswith("told by webhook: evaluate")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _beat(port: int, running: subprocess.Popen[str]) -> None:
    """What beat does, for the worker that is there: from when the partner listens until it is done."""
    give_up = time.monotonic() + 80
    listens = False
    while running.poll() is None and time.monotonic() < give_up:
        if not listens:
            with socket.socket() as probe:
                listens = probe.connect_ex(("127.0.0.1", port)) == 0
        else:
            send_events.delay()
        time.sleep(0.5)


def _the_compound_handles_it():
    """Once it is there and corrected, the matter goes to its evaluation."""
    give_up = time.monotonic() + 30
    with compound_context(YARD):
        while not (issue := Issue.objects.filter(title__startswith="3栋").first()):
            assert time.monotonic() < give_up, "the partner brought nothing in"
            time.sleep(0.2)
        at_step(issue, Step.EVALUATE, by=PersonFactory())

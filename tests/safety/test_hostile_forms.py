"""Every form of the product, filled in by somebody who means harm: nothing breaks, nothing comes back as it was sent,
and nothing of another compound is told.

The forms are read off the pages, and the POST views that no page shows a form for get one made up. A fixed budget, the
same each time; ``FORM_FUZZ_EXAMPLES`` asks for more of each form.
"""

import os
import sys
import zlib
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.core.signals import got_request_exception
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from compounds.registry.context import compound_context
from tests.architecture import addresses
from tests.safety import hostile
from tests.safety.forms import Form
from tests.safety.gathering import MOUNT, Gathered, count_on_from, gather, view_of, with_scenery
from tests.safety.hostile import NEEDLE, Value

EXAMPLES = int(os.environ.get("FORM_FUZZ_EXAMPLES", "1"))
BUDGET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
SOUTH = "南苑之秘"


@pytest.fixture(scope="module")
def gathered(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Gathered]:
    """Every form there is, each with somebody who may send it. Rolled back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        count_on_from("c_south", 7_000_001)
        with compound_context("c_south"):
            foreign = with_scenery(SOUTH)
        with compound_context("c_north"):
            built = with_scenery(hostile.RAW)
        yield gather(built, foreign)
        transaction.set_rollback(True)


class Watch:
    """Sends forms and says what is wrong with the answers. Counts them, and remembers what the views raised."""

    def __init__(self) -> None:
        self.asked = 0
        self.raised: BaseException | None = None

    def __enter__(self) -> "Watch":
        got_request_exception.connect(self._note)
        return self

    def __exit__(self, *_why: object) -> None:
        got_request_exception.disconnect(self._note)

    def _note(self, **_kwargs: Any) -> None:
        self.raised = sys.exc_info()[1]

    def send(self, client: Client, form: Form, pairs: list[tuple[str, Value]], headers: dict[str, str]) -> str | None:
        """Send it in a savepoint, and open what it leads to."""
        client.raise_request_exception = False
        caches["shared"].clear()
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        with transaction.atomic():
            wrong = self._looked_at(client, _sent(client, form, pairs, headers), inside=form.action.startswith(MOUNT))
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        return wrong

    def _looked_at(self, client: Client, answer: Any, *, inside: bool) -> str | None:
        self.asked += 1
        if wrong := self._wrong(answer, inside=inside):
            return wrong
        if answer.status_code not in {301, 302, 303}:
            return None
        target = urlsplit(answer["Location"])
        if target.netloc not in {"", "testserver"} or target.scheme not in {"", "http"}:
            return f"leads to {answer['Location']}"
        try:
            connection.check_constraints()
        except IntegrityError as error:
            return f"cannot be committed: {error}"
        return self._wrong(client.get(answer["Location"]), inside=inside)

    def _wrong(self, answer: Any, *, inside: bool) -> str | None:
        raised, self.raised = self.raised, None
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode(errors="replace")
        if connection.schema_name != "public":
            return "leaves the thread in a compound"
        if answer.status_code >= 500:
            return f"breaks: {raised!r}"
        if inside and SOUTH in text:
            return "tells what is in another compound"
        is_markup = any(kind in answer.headers.get("Content-Type", "") for kind in ("html", "xml", "svg"))
        if is_markup and NEEDLE in text:
            at = text.index(NEEDLE)
            return f"gives back what was sent: {text[max(0, at - 60) : at + 20]!r}"
        return None


def _sent(client: Client, form: Form, pairs: list[tuple[str, Value]], headers: dict[str, str]) -> Any:
    if form.method == "GET":
        return client.generic("GET", f"{form.action.partition('?')[0]}?{hostile.urlencoded(pairs)}", headers=headers)
    if any(isinstance(value, hostile.Upload) for _name, value in pairs):
        body: str | bytes = hostile.multipart(pairs)
        kind = "multipart/form-data; boundary=q7"
    else:
        body, kind = hostile.urlencoded(pairs), "application/x-www-form-urlencoded"
    return client.generic("POST", form.action, body, content_type=kind, headers=headers)


def _tried(watch: Watch, client: Client, form: Form, foreign: tuple[str, ...]) -> str | None:
    """What is wrong with the form; hypothesis has made it small."""
    controls = [control for control in form.controls if control.name != "csrfmiddlewaretoken"]
    usual = [(control.name, hostile.usual(control)) for control in controls]
    marked = [(control.name, hostile.RAW) for control in controls]
    for pairs in (usual, marked) if form.method == "POST" else (marked,):
        if wrong := watch.send(client, form, pairs, {}):
            return f"{wrong}\n    with {pairs}"

    @BUDGET
    @seed(zlib.crc32(f"{view_of(form.action)} {form.method} {form.shape}".encode()))
    @given(st.data())
    def hostile_one(data: st.DataObject) -> None:
        bad = data.draw(st.lists(st.sampled_from(range(len(controls))), max_size=6)) if controls else []
        pairs: list[tuple[str, Value]] = list(usual)
        for n in bad:
            strategy = hostile.FILE_OR_TEXT if controls[n].kind == "file" else hostile.values(foreign)
            pairs[n] = (controls[n].name, data.draw(strategy))
        pairs = data.draw(st.sampled_from(hostile.SHAPES))(pairs)
        headers = data.draw(hostile.headers)
        wrong = watch.send(client, form, pairs, headers)
        assert wrong is None, f"{wrong}\n    with {pairs} {headers}"

    try:
        hostile_one()
    except AssertionError as error:
        return str(error)
    return None


def test_no_form_breaks_reflects_or_tells_of_another_compound(gathered):
    complaints = []
    with Watch() as watch:
        for client, form in gathered.forms:
            if wrong := _tried(watch, client, form, gathered.foreign):
                complaints.append(f"{form.method} {view_of(form.action)} ({form.action} on {form.page}): {wrong}")

    print(f"\n{len(gathered.forms)} forms, {watch.asked} sent")
    assert not complaints, "\n".join(complaints)


def test_no_page_shows_a_text_of_the_compound_unescaped(gathered):
    raw = [path for path, (_status, html) in gathered.pages.items() if NEEDLE in html and "<html" in html]

    assert raw == []
    assert [path for path, (status, _html) in gathered.pages.items() if status >= 500] == []


def test_every_view_that_takes_a_form_is_sent_one(gathered):
    sent_to = {view_of(form.action) for _client, form in gathered.forms if form.method == "POST"}
    on_pages = {view_of(form.action) for _client, form in gathered.forms if form.method == "POST" and form.page}

    taking = {one.name for one in addresses.of_a_compound() if not one.methods or "POST" in one.methods}
    assert taking <= sent_to
    assert len(taking - on_pages) < len(taking) / 2, "the others are filled in as their code reads them"
    assert {"account_login", "account_change_password", "invitation", "set_language"} <= on_pages
    assert len([name for name in on_pages if name.startswith("admin:")]) > 20

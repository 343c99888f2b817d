"""Every page, walked once: in either language nothing stands in the other; what was typed into a form comes back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from compounds.accounts.models import User
from compounds.jobs import runs
from compounds.oversight.recount import recount
from compounds.oversight.tasks import NIGHT
from compounds.registry.context import compound_context
from tests.architecture import addresses, languages, outside_pages, scenery
from tests.architecture.forms_of_pages import Form, posted_from

_LINK = re.compile(r'<a [^>]*href="([^"]+)"')
_NUMBER = re.compile(r"(?<=/)(\d+|north|south|yard)(?=/)")
_MOUNT = "/c/north"
# Words that are the same in Chinese: formats, abbreviations, names of products and services.
SAME = {"Linjuli", "CSV", "JSON", "iPhone", "Android"}
# What Django's admin calls its own tick and cross for those who do not see them.
SAME |= {"True", "False"}

# What is not shown again to whoever looks over a shoulder.
SECRET = {"secret_webhook"}


@dataclass
class Walked:
    """What was seen on the way."""

    pages: list[int] = field(default_factory=list)
    sorry: dict[str, str] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    forms: int = 0
    lost: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def walked(django_db_setup: None, django_db_blocker: Any) -> Walked:
    """The compound is built once and walked once for all tests of this file; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        with compound_context("c_north"):
            built = scenery.build()
            secretary = built.secretary.user_id
        recount("c_north")
        runs.fan_out(NIGHT, timezone.localdate().isoformat())
        root = User.objects.create(username="root", display_name="根", is_staff=True, is_superuser=True).pk
        inside = [_MOUNT + one.path(built.for_route(one.route)) for one in addresses.of_a_compound()]
        found = Walked()
        outside, inside_and_out = outside_pages.opened(signed_in=False), inside + outside_pages.opened(signed_in=True)
        district = _of_the_district(_speaking(root, "en"))
        for language, pattern in (("en", languages.CHINESE), ("zh-hans", languages.WORD)):
            data = languages.data_of("c_north", "public", pattern=pattern)
            inner = list(_pages(_speaking(secretary, language), inside_and_out))
            _listen(found, language, inner, data)
            _listen(found, language, _pages(_speaking(root, language), district), data)
            _listen(found, language, [*_pages(_speaking(None, language), outside), *_sorry(found, language)], data)
            if language == "en":
                english = inner
        _type(found, _speaking(secretary, "en"), english)
        transaction.set_rollback(True)
    return found


def _speaking(user_id: int | None, language: str) -> Client:
    client = Client()
    if user_id:
        client.force_login(User.objects.get(pk=user_id))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def _pages(client: Client, paths: list[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        answer = client.get(path)
        if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            yield path, answer.content.decode()


def _sorry(found: Walked, language: str) -> list[tuple[str, str]]:
    found.sorry = outside_pages.sorry_pages(language)
    return list(found.sorry.items())


def _listen(found: Walked, language: str, pages: Iterable[tuple[str, str]], data: languages.Data) -> None:
    same = SAME | languages.latin_words_of_the_catalogue()
    count = 0
    for path, html in pages:
        # What stands around the main part is the same on every page.
        part = html if not count else html[html.find("<main") : html.rfind("</main>")]
        count += 1
        found.foreign += [
            f"{language} {path}: {' '.join(text.split())[:120]}"
            for text in languages.said(part)
            if any(word not in same for word in data.leaves(text))
        ]
        if language != "en":
            found.apart += [f"{path}: {' '.join(gap.split())}" for gap in languages.apart(part)]
    found.pages.append(count)


def _of_the_district(client: Client) -> list[str]:
    """Every page that links lead to, one of each shape."""
    todo, found = ["/admin/", "/admin/compounds/north/"], dict[str, str]()
    while todo:
        path = todo.pop(0)
        if _NUMBER.sub("…", path) in found:
            continue
        found[_NUMBER.sub("…", path)] = path
        for _path, html in _pages(client, [path]):
            todo += [urlsplit(link).path for link in _LINK.findall(html) if link.startswith("/admin/")]
    return list(found.values())


def _type(found: Walked, client: Client, pages: list[tuple[str, str]]) -> None:
    """Send every form once with words in all its fields and nothing chosen; what that changes is taken back."""
    sent: set[str] = set()
    for path, html in pages:
        for form in posted_from(path, html):
            shape = _NUMBER.sub("…", form.action) + " ".join(form.typed)
            if shape not in sent and form.action.startswith(_MOUNT):
                sent.add(shape)
                _send(found, client, form)


def _send(found: Walked, client: Client, form: Form) -> None:
    with transaction.atomic():
        answer = client.post(form.action, form.filled_in())
        body = "" if answer.streaming else unescape(answer.content.decode(errors="replace"))
        transaction.set_rollback(True)
    if answer.status_code not in {409, 422}:
        return
    found.forms += 1
    lost = [name for name in form.typed if form.word(name) not in body and name not in SECRET]
    if lost:
        found.lost.append(f"{form.action} ({answer.status_code}): {', '.join(lost)}")
    if answer.status_code == 422 and 'class="err"' not in body and 'role="alert"' not in body:
        found.unsaid.append(form.action)


def test_every_page_speaks_one_language(walked):
    inside, district, outside = walked.pages[:3]
    assert min(inside, district) > 40
    assert outside > 12
    assert "\n".join(walked.foreign) == ""


def test_sentences_in_chinese_have_no_blank_between_them(walked):
    assert "\n".join(walked.apart) == ""


def test_what_was_typed_into_a_form_that_is_refused_comes_back(walked):
    assert walked.forms > 40
    assert "\n".join(walked.lost) == ""


def test_a_form_that_is_refused_says_why(walked):
    assert "\n".join(walked.unsaid) == ""


def test_whoever_may_not_go_on_finds_the_help(walked):
    for page in ("/sorry/403/", "/sorry/refused/"):
        assert 'href="/help/"' in walked.sorry[page].partition("<main")[2], page

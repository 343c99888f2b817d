"""Whole stories in a real browser at phone size, in Chinese, against a real web server and a real worker."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from compounds.accounts.models import User
from compounds.organisation.models import Person
from compounds.registry.models import Compound
from tests.committing import committing  # noqa: F401 - a fixture
from tests.conftest import REDIS_URL
from tests.journeys import access
from tests.journeys.access import Bystander
from tests.journeys.film import Film

PHONE = {"width": 390, "height": 844}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="package")
def served(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product's own processes on this run's database; gives the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("served") / "log"
    env = os.environ | {"DATABASE_URL": _database_url(), "REDIS_URL": REDIS_URL, "DEMO": "1"}
    env |= {"MEDIA_ROOT": str(settings.MEDIA_ROOT), "DJANGO_SETTINGS_MODULE": "config.settings"}
    web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    worker = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "threads", "--concurrency", "2"]
    with log.open("w") as out:
        running = [
            subprocess.Popen(web, env=env | {"LINJULI_PROCESS": "web"}, stdout=out, stderr=out),
            # It sends webhooks to a partner on this machine.
            subprocess.Popen(worker, env=env | {"WEBHOOKS_TO_PRIVATE_ADDRESSES": "1"}, stdout=out, stderr=out),
        ]
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/accounts/login/", log)
            yield address
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)


def _database_url() -> str:
    s = connection.settings_dict
    return f"postgres://{quote(s['USER'])}:{quote(s['PASSWORD'])}@{s['HOST']}:{s['PORT']}/{s['NAME']}"


def _wait_for(url: str, log: Path) -> None:
    for _ in range(150):
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text()[-3000:])


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ.get("LINJULI_CHROMIUM"), args=_FLAGS)
        yield chromium
        chromium.close()


class Phone:
    """One person's phone, inside one compound. Any error that the browser reports fails the story."""

    def __init__(self, context: BrowserContext, address: str, compound: Compound, film: Film, whose: str) -> None:
        self.page: Page = context.new_page()
        self.film, self.whose = film, whose
        self.address, self.compound = address, compound
        self.errors: list[str] = []
        self.bystander: Bystander | None = None
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: self.errors.append(m.text) if "Content Security Policy" in m.text else None)

    def open(self, path: str) -> Response | None:
        """A page of the compound by its path in it, or any by its whole path."""
        inside = path if path.startswith(("/c/", "/accounts", "/invite", "http")) else self.compound.url + path
        self._seen()
        answer = self.page.goto(inside if inside.startswith("http") else self.address + inside)
        self._seen()
        return answer

    def tap(self, name: str) -> None:
        """The button or link of that name, and wait for what it leads to."""
        self._seen()
        self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        ).first.click()
        self.page.wait_for_load_state()
        self._seen()

    def _seen(self) -> None:
        self.film.take(self.page, self.whose)
        if self.bystander:
            self.errors += self.bystander.complaints(self.page)

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for(state="visible", timeout=8000)
        self._seen()

    def fill(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}]:visible").first.fill(value)

    def choose(self, name: str, value: str) -> None:
        """One radio button, by its value; the label is what a finger hits."""
        self.page.locator(f"input[name='{name}'][value='{value}']").check(force=True)

    def select(self, name: str, label: str) -> None:
        self.page.locator(f"select[name={name}]:visible").first.select_option(label=label)


@pytest.fixture(scope="package")
def bystander() -> Iterator[Bystander]:
    """Comes along where every state is asked for."""
    made = Bystander()
    yield made
    if made.known:
        print(f"on the way of the stories: {len(made.known)} kinds of pages", *sorted(made.known), sep="\n")


type Phones = Callable[[Person | None], Phone]


@pytest.fixture
def phones(
    served: str,
    browser: Browser,
    committing: Compound,  # noqa: F811
    bystander: Bystander,
    request: pytest.FixtureRequest,
) -> Iterator[Phones]:
    """``phones(person)``: that person's phone, signed in; ``phones(None)`` belongs to somebody without a login."""
    contexts: list[BrowserContext] = []
    given: list[Phone] = []
    film = Film(request.node.name)

    def phone(person: Person | None) -> Phone:
        context = browser.new_context(viewport=PHONE, locale="zh-CN", has_touch=True, is_mobile=True)
        contexts.append(context)
        if person:
            client = Client()
            client.force_login(User.objects.get(pk=person.user_id))
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": served}])
        whose = f"phone {len(given) + 1}" if person else f"phone {len(given) + 1}, nobody signed in"
        given.append(Phone(context, served, committing, film, whose))
        if access.EVERY_STATE and not request.node.path.match("test_width.py"):
            given[-1].bystander = bystander
            access.prepare(given[-1].page)
        return given[-1]

    yield phone
    for one in given:
        film.take(one.page, one.whose)
    film.join()
    for context in contexts:
        context.close()
    assert [error for phone in given for error in phone.errors] == []

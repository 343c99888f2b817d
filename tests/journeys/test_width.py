"""No page keeps anybody out: every address that only shows something, in English, whose words are the longer.

Measured at phone size, in large letters and zoomed in to 400 %: width, targets for a finger, and what axe-core knows;
besides, that no page is heavier than it may be, or jumps about. What the pages weigh is printed.
"""

import re
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, Route

from compounds.accounts.models import User
from compounds.jobs import runs
from compounds.organisation.models import Person, PostKind
from compounds.oversight.recount import recount
from compounds.oversight.tasks import NIGHT
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from tests.architecture import addresses, outside_pages, scenery
from tests.architecture.scenery import Scenery
from tests.committing import YARD
from tests.factories import PersonFactory
from tests.journeys import access
from tests.journeys.conftest import PHONE, Phone, Phones
from tests.journeys.weighing import RESIDENTS, WORKERS, Scales

# A screen on a desk, and the same zoomed in to 400 %.
DESK = {"width": 1280, "height": 844}
ZOOMED = {"width": 320, "height": 844}

# Downloads and pictures are no pages.
_FILES = {
    "sheet_template",
    "minutes_document",
    "posting_picture",
    "board_calendar",
    "own_calendar",
    "certificate",
    "certificates",
    "hours_export",
    "board_issues_csv",
    "board_issues_json",
    "board_meetings",
    "posting_sheet",
    "posting_building_sheets",
}
# XML and JSON, which the browser shows with styles of its own.
_FOR_MACHINES = "open311_"
_NORMAL = "document.documentElement.removeAttribute('data-elder')"
_LARGE = "document.documentElement.setAttribute('data-elder', '')"
_SEND_EMPTY = """form => {
  form.querySelectorAll("textarea, input[type=text], input[type=tel]").forEach(field => { field.value = ""; });
  form.querySelectorAll("input:checked").forEach(field => { field.checked = false; });
  form.noValidate = true;
  form.requestSubmit();
}"""
_FILES_OF_DISTRICT = ("/template/", "/overdue/sheet/")


@pytest.fixture
def built(phones: Phones) -> Scenery:
    with compound_context(YARD):
        return scenery.build()


def _paths(built: Scenery, *, for_all: bool) -> list[str]:
    """The pages that are open to everybody, or those for members."""
    found = []
    for address in addresses.of_a_compound():
        if address.open_to_all is not for_all:
            continue
        shows = address.methods is None or "GET" in address.methods
        is_page = address.name not in _FILES and not address.name.startswith(_FOR_MACHINES)
        if shows and is_page and "size" not in address.converters:
            found.append(address.path(built.for_route(address.route)).lstrip("/"))
    return found


@dataclass
class Measured:
    """What is wrong with the pages that were opened."""

    phone: Phone
    wrong: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page: Page = self.phone.page
        self.scales = Scales(self.page)

    def open(self, path: str, most: int, *, with_photos: bool = False) -> None:
        """Open the page and weigh it."""
        self.scales.begin()
        self.phone.open(path)
        self.wrong += self.scales.complaints(path, most, with_photos=with_photos)
        self.weights[path] = self.scales.now.page

    def look(self, path: str) -> None:
        """At the page as it is opened, then in large letters, and at both zoomed in to 400 %."""
        page = self.page
        page.evaluate(_NORMAL)
        self._keep(path, "", [*access.too_wide(page), *access.too_small(page), *access.violations(page)])
        page.evaluate(_LARGE)
        self._keep(path, "in large letters", [*access.too_small(page), *access.too_pale(page)])
        page.set_viewport_size(ZOOMED)
        self._keep(path, "in large letters, zoomed in", access.too_wide(page))
        page.evaluate(_NORMAL)
        self._keep(path, "zoomed in", access.too_wide(page))
        self._on_the_desk(path)

    def look_in_chinese(self, path: str) -> None:
        """At what differs by language: how broad the words are."""
        for letters in (_NORMAL, _LARGE):
            self.page.evaluate(letters)
            self._keep(path, letters, [*access.too_wide(self.page), *access.too_small(self.page)])

    def look_at_desk(self, path: str) -> None:
        """At a page of the district, which has one size of letters and lists for a mouse: targets as WCAG asks."""
        page = self.page
        self._keep(path, "", [*access.too_wide(page), *access.violations(page)])
        page.set_viewport_size(ZOOMED)
        self._keep(path, "zoomed in", access.too_wide(page))
        self._on_the_desk(path)

    def _on_the_desk(self, path: str) -> None:
        self.page.set_viewport_size(DESK)
        self._keep(path, "on a screen", access.too_wide(self.page))
        self.page.set_viewport_size(PHONE)

    def _keep(self, path: str, how: str, found: list[str]) -> None:
        self.wrong += [f"{path} {how}: {what}" for what in found]


def _in_english(phone: Phone) -> None:
    """Its words are the longer."""
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": phone.address}
    phone.page.context.add_cookies([cookie])


def _outside(phone: Phone, *, signed_in: bool) -> list[str]:
    return [phone.address + path for path in outside_pages.opened(signed_in=signed_in)]


def _sorry(phone: Phone, language: str) -> list[str]:
    """The pages that say what went wrong, as if the server said it."""
    pages = {phone.address + path: html for path, html in outside_pages.sorry_pages(language).items()}
    for path, html in pages.items():
        phone.page.route(path, partial(Route.fulfill, body=html, content_type="text/html; charset=utf-8"))
    return list(pages)


def test_no_page_keeps_anybody_out(phones: Phones, built: Scenery) -> None:
    with compound_context(YARD):
        general: Person = PersonFactory(name="总支书", posts=[PostKind.GENERAL_SECRETARY, PostKind.BRANCH_COMMITTEE])
    phone = phones(general)
    _in_english(phone)

    measured = Measured(phone)
    for path in [*_paths(built, for_all=False), *_outside(phone, signed_in=True)]:
        measured.open(path, WORKERS)
        measured.look(path)

    _tell("workers", measured.weights)
    assert not measured.wrong, "\n".join(measured.wrong)


def test_no_page_for_residents_keeps_anybody_out(phones: Phones, built: Scenery) -> None:
    """Without a login, with the branch's number at the top; and each form again with what is wrong in it."""
    Compound.objects.filter(schema_name=YARD).update(phone="0731-2860 1234")
    phone = phones(None)
    measured = Measured(phone)

    wrongly_filled = 0
    paths = [*_paths(built, for_all=True), *_outside(phone, signed_in=False), *_sorry(phone, "zh-hans")]
    for path in paths:
        phone.open(path)
        measured.look_in_chinese(path)
    _in_english(phone)
    _sorry(phone, "en")
    for path in paths:
        measured.open(path, RESIDENTS, with_photos=True)
        measured.look(path)
        if _sent_empty(phone.page):
            wrongly_filled += 1
            measured.look(f"{path} with errors")

    _tell("residents", measured.weights)
    assert wrongly_filled > 5
    assert not measured.wrong, "\n".join(measured.wrong)


def _sent_empty(page: Page) -> bool:
    """Send the page's form with nothing in it; whether it came back."""
    form = page.locator("main form[method=post]:has(textarea, input[type=text], input[type=tel], input[type=radio])")
    if not form.count():
        return False
    with page.expect_navigation() as answer:
        form.first.evaluate(_SEND_EMPTY)
    return answer.value.status == HTTPStatus.UNPROCESSABLE_ENTITY


def _tell(kind: str, weights: dict[str, int]) -> None:
    heaviest = sorted(weights.items(), key=lambda one: -one[1])[:5]
    print(
        f"{kind}: {len(weights)} pages, the heaviest", [f"{weight / 1024:.1f} KB {path}" for path, weight in heaviest]
    )


def _shape(path: str) -> str:
    """Pages of one kind, whatever row they show, have one shape."""
    return re.sub(r"(?<=/)(\d+|\d{4}-\d{4,}|yard|north|south)(?=/)", "…", path)


def test_no_page_of_the_district_keeps_anybody_out(phones: Phones, built: Scenery) -> None:
    recount(YARD)
    runs.fan_out(NIGHT, timezone.localdate().isoformat())
    user = User.objects.create(username="root", display_name="根", is_staff=True, is_superuser=True)
    phone = phones(Person(user_id=user.pk))
    _in_english(phone)

    measured = Measured(phone)
    todo, seen = ["/admin/", "/admin/compounds/yard/"], set[str]()
    while todo:
        path = todo.pop(0)
        if _shape(path) in seen or path.endswith(_FILES_OF_DISTRICT):
            continue
        seen.add(_shape(path))
        measured.open(f"{phone.address}{path}", WORKERS)
        measured.look_at_desk(path)
        found = phone.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        todo += [parts.path for link in found if (parts := urlsplit(link)).path.startswith("/admin/")]

    _tell("district", measured.weights)
    assert len(seen) > 40
    assert not measured.wrong, "\n".join(measured.wrong)

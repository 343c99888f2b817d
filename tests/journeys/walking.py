"""Which pages are walked in the browser, and what is asked of each on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from playwright.sync_api import Error, Locator, Page, Route

from consultation.models import Issue
from consultation.steps import Step
from notices.models import PostingPlace
from tests.architecture import addresses, outside_pages, scenery
from tests.architecture.scenery import Scenery
from tests.journeys import access
from tests.journeys.access import Ask
from tests.journeys.conftest import PHONE, Phone
from tests.journeys.weighing import Scales

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
_FOR_PROPOSE = {"hold_put", "proposal", "issue_ask_back", "issue_hand_out", "issue_merge", "issue_split", "issue_refer"}
_FOR_PROPOSE |= {"issue_visit_again"}
# XML and JSON, which the browser shows with styles of its own.
_FOR_MACHINES = "open311_"
# What takes words or a choice; a form without any is a button.
_FORMS = "main form[method=post]:has(textarea, input[type=text], input[type=tel], input[type=radio])"
_ADMINS_ERRORS = "#content .errornote, #content .errorlist"
# Past what a script would do on the way, so that the answer comes as a page of its own.
_SEND_EMPTY = """form => {
  form.querySelectorAll("textarea, input[type=text], input[type=tel]").forEach(field => { field.value = ""; });
  form.querySelectorAll("input:checked").forEach(field => { field.checked = false; });
  form.target = "";
  HTMLFormElement.prototype.submit.call(form);
}"""

_KINDS = """form => [...new Set([...form.elements].filter(field => field.type !== "hidden")
  .map(field => `${field.type} ${field.required} ${field.closest(".field")?.className}`))].sort().join()"""
_CHOICES = """() => [...document.querySelectorAll("main :is(a[href], button, summary, select, textarea, input)")]
  .filter(node => node.type !== "hidden" && node.checkVisibility()).map(node => node.outerHTML.slice(0, 80))"""


def inside(built: Scenery | None, *, for_all: bool) -> list[str]:
    """The pages that are open to everybody, or those for members; without a scenery those that need no row."""
    found = []
    for address in addresses.of_a_compound():
        shows = address.methods is None or "GET" in address.methods
        is_page = address.name not in _FILES and not address.name.startswith(_FOR_MACHINES)
        if address.open_to_all is not for_all or not shows or not is_page or "size" in address.converters:
            continue
        if built:
            found.append(address.path(built.for_route(address.route) | rows_of(address.name)).lstrip("/"))
        elif not address.converters:
            found.append(address.path({}).lstrip("/"))
    return found


def rows_of(name: str) -> dict[str, Any]:
    """The row with which a form can be opened, where the scenery's has gone through all steps already."""
    if name in _FOR_PROPOSE:
        return {"number": Issue.objects.filter(title__startswith=f"{scenery.MARK}{Step.PROPOSE}").earliest("pk").number}
    if name == "place_tick":
        return {"pk": PostingPlace.objects.filter(ticked_at=None).earliest("pk").pk}
    return {}


def path_of(name: str, built: Scenery | None) -> str:
    """The page of that name, with the scenery's row."""
    [address] = [address for address in addresses.of_a_compound() if address.name == name]
    return address.path(built.for_route(address.route) if built else {}).lstrip("/")


def outside(phone: Phone, *, signed_in: bool) -> list[str]:
    return [phone.address + path for path in outside_pages.opened(signed_in=signed_in)]


def sorry(phone: Phone, language: str) -> list[str]:
    """The pages that say what went wrong, as if the server said it."""
    pages = {phone.address + path: html for path, html in outside_pages.sorry_pages(language).items()}
    for path, html in pages.items():
        phone.page.route(path, partial(Route.fulfill, body=html, content_type="text/html; charset=utf-8"))
    return list(pages)


def speak(phone: Phone, language: str) -> None:
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": phone.address}
    phone.page.context.add_cookies([cookie])


def choices(page: Page) -> list[str]:
    """What one may press or fill in, in the page's main part as it is seen now."""
    found: list[str] = page.evaluate(_CHOICES)
    return found


@dataclass
class Measured:
    """What is wrong with the pages that were opened. ``looks`` counts pages in their states."""

    phone: Phone
    # Whether all that axe knows is asked in large letters too; what differs there is how things look.
    thorough: bool = False
    wrong: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    looks: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page: Page = self.phone.page
        self.scales = Scales(self.page)
        access.prepare(self.page)

    def open(self, path: str, most: int, *, with_photos: bool = False) -> None:
        """Open the page and weigh it."""
        self.scales.begin()
        answer = self.phone.open(path)
        if answer and not answer.ok:
            self.refused[path] = answer.status
        self.wrong += self.scales.complaints(path, most, with_photos=with_photos)
        self.weights[path] = self.scales.now.page

    def look(self, path: str) -> None:
        """At the page as it is opened, then in large letters, and at both zoomed in to 400 %."""
        self.looks += 1
        self._keep(path, "", Ask.WIDTH, Ask.TARGETS, Ask.RULES)
        large = (Ask.WIDTH, Ask.TARGETS, Ask.RULES) if self.thorough else (Ask.TARGETS, Ask.LETTERS)
        self._keep(path, "in large letters", *large, large=True)
        self.page.set_viewport_size(ZOOMED)
        self._keep(path, "in large letters, zoomed in", Ask.WIDTH, large=True)
        self._keep(path, "zoomed in", Ask.WIDTH)
        self._on_the_desk(path)

    def look_again(self, path: str) -> None:
        """At a page that was looked at in another state: whatever a phone shows of it, in normal letters."""
        if self.thorough:
            self.look(path)
            return
        self.looks += 1
        self._keep(path, "", Ask.WIDTH, Ask.TARGETS, Ask.RULES)

    def look_in_chinese(self, path: str) -> None:
        """At what differs by language: how broad the words are."""
        self.looks += 1
        self._keep(path, "in Chinese", Ask.WIDTH, Ask.TARGETS)
        self._keep(path, "in Chinese, in large letters", Ask.WIDTH, Ask.TARGETS, large=True)

    def look_at_desk(self, path: str) -> None:
        """At a page of the district, which has one size of letters and lists for a mouse: targets as WCAG asks."""
        self.looks += 1
        self._keep(path, "", Ask.WIDTH, Ask.RULES)
        self.page.set_viewport_size(ZOOMED)
        self._keep(path, "zoomed in", Ask.WIDTH)
        self._on_the_desk(path)

    def sends_empty(self, path: str, look: Callable[[str], None]) -> int:
        """Send the page's first form, or each of them, with nothing in it, and look at what came back; how often."""
        came_back = 0
        for number in range(self.page.locator(_FORMS).count() if self.thorough else 1):
            if number:
                self.phone.open(path)
            form = self.page.locator(_FORMS).nth(number)
            if form.count() and self._comes_back(form):
                came_back += 1
                look(f"{path} with errors in form {number + 1}")
        return came_back

    def knows_the_form(self) -> bool:
        """Whether the page's first form has the kinds of fields that one had before: they complain alike."""
        form = self.page.locator(_FORMS)
        kinds = form.first.evaluate(_KINDS) if form.count() else ""
        known = kinds in self.kinds
        self.kinds.add(kinds)
        return known and not self.thorough

    def _comes_back(self, form: Locator) -> bool:
        try:
            with self.page.expect_navigation() as answer:
                form.evaluate(_SEND_EMPTY)
        except Error as error:
            if "ERR_ABORTED" not in error.message:
                raise
            return False  # what came is a file, and the page stays
        status = answer.value.status if answer.value else None
        # Django's own admin answers with 200, whatever was wrong.
        admins = status == HTTPStatus.OK and self.page.locator(_ADMINS_ERRORS).count() > 0
        return status == HTTPStatus.UNPROCESSABLE_ENTITY or admins

    def _on_the_desk(self, path: str) -> None:
        self.page.set_viewport_size(DESK)
        self._keep(path, "on a screen", Ask.WIDTH)
        self.page.set_viewport_size(PHONE)

    def _keep(self, path: str, how: str, *asked: Ask, large: bool = False) -> None:
        self.wrong += [f"{path} {how}: {what}" for what in access.complaints(self.page, *asked, large=large)]

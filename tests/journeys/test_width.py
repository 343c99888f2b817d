"""No page is wider than a phone, heavier than it may be, or jumps about: every address that only shows something, in
English, whose words are the longer. What the pages weigh is printed.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from compounds.accounts.models import User
from compounds.jobs import runs
from compounds.organisation.models import Person, PostKind
from compounds.oversight.recount import recount
from compounds.oversight.tasks import NIGHT
from compounds.registry.context import compound_context
from tests.architecture import addresses, scenery
from tests.architecture.scenery import Scenery
from tests.committing import YARD
from tests.factories import PersonFactory
from tests.journeys.conftest import PHONE, Phones
from tests.journeys.weighing import RESIDENTS, WORKERS, Scales

# Elements that reach beyond the right edge and stand in nothing that scrolls or cuts them off.
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = node => ["auto", "scroll", "hidden"].includes(getComputedStyle(node).overflowX);
  const cut = node => node && (scrolls(node) || cut(node.parentElement));
  const out = [...document.querySelectorAll("body *")].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && box.right > width + 0.5 && !cut(node.parentElement);
  });
  return out.slice(0, 3).map(node => `${node.tagName}.${node.className}`)
    .concat(document.documentElement.scrollWidth > width ? [`page of ${document.documentElement.scrollWidth}`] : []);
}"""
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
}
# XML and JSON, which the browser shows with styles of its own.
_FOR_MACHINES = "open311_"
_FILES_OF_DISTRICT = ("/template/", "/overdue/sheet/")


# Where a login is chosen by its name, Django's own search for it comes along: jQuery and Select2, 52 KB.
_HEAVIER = {"/admin/registry/staff/add/": 112 * 1024, "/admin/registry/communityappointment/add/": 122 * 1024}


@pytest.fixture
def built(phones: Phones) -> Scenery:
    with compound_context(YARD):
        return scenery.build()


def _paths(built: Scenery) -> dict[str, bool]:
    """Every page's path, and whether it is there for residents."""
    found = {}
    for address in addresses.of_a_compound():
        shows = address.methods is None or "GET" in address.methods
        is_page = address.name not in _FILES and not address.name.startswith(_FOR_MACHINES)
        if shows and is_page and "size" not in address.converters:
            found[address.path(built.for_route(address.route)).lstrip("/")] = address.open_to_all
    return found


def _too_wide(page: Page, path: str) -> list[str]:
    return [f"{path}: {what}" for what in page.evaluate(_TOO_WIDE)]


def test_no_page_is_wider_than_a_phone(phones: Phones, built: Scenery) -> None:
    with compound_context(YARD):
        general: Person = PersonFactory(name="总支书", posts=[PostKind.GENERAL_SECRETARY, PostKind.BRANCH_COMMITTEE])
    phone = phones(general)
    phone.page.set_extra_http_headers({"accept-language": "en"})

    wrong, scales, weights = [], Scales(phone.page), {}
    for path, for_residents in _paths(built).items():
        scales.begin()
        phone.open(path)
        wrong += _too_wide(phone.page, path)
        wrong += scales.complaints(path, RESIDENTS if for_residents else WORKERS, with_photos=for_residents)
        weights[path] = (scales.now.page, for_residents)

    for kind, mine in (("residents", True), ("workers", False)):
        _tell(kind, {path: weight for path, (weight, whose) in weights.items() if whose == mine})
    assert phone.page.viewport_size == PHONE
    assert not wrong, "\n".join(wrong)


def _tell(kind: str, weights: dict[str, int]) -> None:
    heaviest = sorted(weights.items(), key=lambda one: -one[1])[:5]
    print(
        f"{kind}: {len(weights)} pages, the heaviest", [f"{weight / 1024:.1f} KB {path}" for path, weight in heaviest]
    )


def _shape(path: str) -> str:
    """Pages of one kind, whatever row they show, have one shape."""
    return re.sub(r"(?<=/)(\d+|\d{4}-\d{4,}|yard|north|south)(?=/)", "…", path)


def test_no_page_of_the_district_is_wider_than_a_phone(phones: Phones, built: Scenery) -> None:
    recount(YARD)
    runs.fan_out(NIGHT, timezone.localdate().isoformat())
    user = User.objects.create(username="root", display_name="根", is_staff=True, is_superuser=True)
    phone = phones(Person(user_id=user.pk))
    phone.page.set_extra_http_headers({"accept-language": "en"})

    wrong, weights, scales = list[str](), dict[str, int](), Scales(phone.page)
    todo, seen = ["/admin/", "/admin/compounds/yard/"], set[str]()
    while todo:
        path = todo.pop(0)
        if _shape(path) in seen or path.endswith(_FILES_OF_DISTRICT):
            continue
        seen.add(_shape(path))
        scales.begin()
        phone.open(f"{phone.address}{path}")
        wrong += _too_wide(phone.page, path)
        wrong += scales.complaints(path, _HEAVIER.get(path, WORKERS), with_photos=False)
        weights[path] = scales.now.page
        found = phone.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        todo += [parts.path for link in found if (parts := urlsplit(link)).path.startswith("/admin/")]

    _tell("district", weights)
    assert len(seen) > 40
    assert not wrong, "\n".join(wrong)

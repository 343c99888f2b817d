"""No page keeps anybody out: each address that only shows something, as it opens and with what its form complains of.

Measured at phone size, in large letters and zoomed in to 400 %: width, targets for a finger, and what axe-core knows;
besides, that no page is heavier than it may be, or jumps about. What the pages weigh is printed.

A page is seen far too full in English, whose words are the longer, and empty in Chinese. ``EVERY_STATE=1``, which
``script/sweep`` sets, asks for all: empty, normal and far too full, each in both languages, and every form.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from compounds.accounts.models import User
from compounds.jobs import runs
from compounds.organisation.appointments import appoint
from compounds.organisation.models import Person, PostKind
from compounds.oversight.recount import recount
from compounds.oversight.tasks import NIGHT
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound
from tests.architecture import scenery
from tests.architecture.scenery import Scenery
from tests.committing import YARD, committed
from tests.factories import LONG_AGO, PersonFactory, unit_for
from tests.journeys import access, crowding, own_pages, papers, walking
from tests.journeys.access import EVERY_STATE
from tests.journeys.conftest import Phones
from tests.journeys.walking import Measured
from tests.journeys.weighing import RESIDENTS, WORKERS

ENGLISH, CHINESE = "en", "zh-hans"


class State(StrEnum):
    """What there is to see."""

    EMPTY = "empty"
    NORMAL = "normal"
    FULL = "full"


STATES = [*product(State, (ENGLISH, CHINESE))] if EVERY_STATE else [(State.FULL, ENGLISH), (State.EMPTY, CHINESE)]
in_states = partial(pytest.mark.parametrize, ("arranged", "language"), indirect=["arranged"], scope="module")
_FILES_OF_DISTRICT = ("/template/", "/overdue/sheet/")


# To be seen once the sheet was handed in; a story of a scorer comes by.
_AFTERWARDS = "scoring/…/thanks/"


@dataclass(frozen=True)
class Arranged:
    """The compound ``yard`` in one state, and a member who looks at it; of an empty one nothing is built.

    ``own``: pages that are refused to that member, and whose they are.
    """

    state: State
    compound: Compound
    built: Scenery | None
    member: Person
    own: list[tuple[Person, list[str]]]


@pytest.fixture(scope="module")
def arranged(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Arranged]:
    """Arranged once for all tests that look at the same state."""
    with django_db_blocker.unblock(), committed() as yard, _names_put_back(yard):
        Compound.objects.filter(pk=yard.pk).update(phone="0731-2860 1234")
        with compound_context(YARD):
            built = None if request.param == State.EMPTY else scenery.build()
            member: Person = built.secretary if built else PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
            for kind in (PostKind.GENERAL_SECRETARY, PostKind.BRANCH_COMMITTEE):
                appoint(member, kind=kind, unit=unit_for(kind), starts_on=LONG_AGO, by=None)
            own = own_pages.build(built) if built else []
            if built and request.param == State.FULL:
                crowding.crowd(built)
                crowding.lengthen_the_names_above()
        yield Arranged(request.param, yard, built, member, own)


@contextmanager
def _names_put_back(yard: Compound) -> Iterator[None]:
    """What stands at the top of each page is afterwards as it was."""
    [before] = Compound.objects.filter(pk=yard.pk).values("name", "phone")
    [community] = Community.objects.filter(pk=yard.community_id).values("name")
    yield
    Compound.objects.filter(pk=yard.pk).update(**before)
    Community.objects.filter(pk=yard.community_id).update(**community)


@pytest.fixture(scope="module")
def committing(arranged: Arranged) -> Compound:
    """What the phones are in is arranged already."""
    return arranged.compound


@in_states(STATES)
def test_no_page_keeps_anybody_out(phones: Phones, arranged: Arranged, language: str) -> None:
    phone = phones(arranged.member)
    walking.speak(phone, language)

    measured = Measured(phone, EVERY_STATE)
    with compound_context(YARD):
        paths = walking.inside(arranged.built, for_all=False)
    wrongly_filled = 0
    for path in [*paths, *walking.outside(phone, signed_in=True)]:
        measured.open(path, WORKERS)
        if arranged.built:
            measured.look(path)
            if not measured.knows_the_form():
                wrongly_filled += measured.sends_empty(path, measured.look_again)
        else:
            measured.look_again(path)

    _tell(f"workers, {arranged.state}, {language}", measured)
    assert not arranged.built or wrongly_filled > 20
    own = {access.shape(path) for _whose, paths in arranged.own for path in paths}
    assert {access.shape(path) for path in measured.refused} <= own | {_AFTERWARDS}
    assert not measured.wrong, "\n".join(measured.wrong)


@in_states([one for one in STATES if one[0] != State.EMPTY])
def test_no_page_of_ones_own_keeps_its_owner_out(phones: Phones, arranged: Arranged, language: str) -> None:
    for whose, paths in arranged.own:
        phone = phones(whose)
        walking.speak(phone, language)
        measured = Measured(phone, EVERY_STATE)
        for path in paths:
            measured.open(path, WORKERS)
            measured.look(path)
            measured.sends_empty(path, measured.look_again)

        _tell(f"one's own, {arranged.state}, {language}", measured)
        assert not measured.refused
        assert not measured.wrong, "\n".join(measured.wrong)


@in_states(STATES)
def test_no_page_for_residents_keeps_anybody_out(phones: Phones, arranged: Arranged, language: str) -> None:
    """Without a login, with the branch's number at the top; and each form again with what is wrong in it."""
    built = arranged.built
    phone = phones(None)
    measured = Measured(phone, EVERY_STATE)
    paths = [*walking.inside(built, for_all=True), *walking.outside(phone, signed_in=False)]
    if built and not EVERY_STATE:
        walking.speak(phone, CHINESE)
        for path in [*paths, *walking.sorry(phone, CHINESE)]:
            phone.open(path)
            measured.look_in_chinese(path)

    walking.speak(phone, language)
    wrongly_filled = 0
    for path in [*paths, *walking.sorry(phone, language)]:
        measured.open(path, RESIDENTS, with_photos=True)
        (measured.look if built else measured.look_again)(path)
        wrongly_filled += measured.sends_empty(path, measured.look)

    _tell(f"residents, {arranged.state}, {language}", measured)
    assert not built or wrongly_filled > 5
    assert set(measured.refused) <= {f"{phone.address}/invite/gone/", f"{phone.address}/nothing/here/"}
    assert not measured.wrong, "\n".join(measured.wrong)


def _tell(kind: str, measured: Measured) -> None:
    heaviest = sorted(measured.weights.items(), key=lambda one: -one[1])[:5]
    print(
        f"{kind}: {len(measured.weights)} pages, {measured.looks} looks, {len(measured.wrong)} wrong, the heaviest",
        [f"{weight / 1024:.1f} KB {path}" for path, weight in heaviest],
    )
    print("refused", measured.refused)


@in_states(STATES if EVERY_STATE else [(State.FULL, ENGLISH)])
def test_no_page_of_the_district_keeps_anybody_out(phones: Phones, arranged: Arranged, language: str) -> None:
    recount(YARD)
    runs.fan_out(NIGHT, timezone.localdate().isoformat())
    user, _made = User.objects.get_or_create(username="root", display_name="根", is_staff=True, is_superuser=True)
    phone = phones(Person(user_id=user.pk))
    walking.speak(phone, language)

    measured = Measured(phone, EVERY_STATE)
    todo, seen, wrongly_filled = ["/admin/", "/admin/compounds/yard/"], set[str](), 0
    while todo:
        path = todo.pop(0)
        if access.shape(path) in seen or path.endswith(_FILES_OF_DISTRICT):
            continue
        seen.add(access.shape(path))
        measured.open(f"{phone.address}{path}", WORKERS)
        measured.look_at_desk(path)
        found = phone.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        todo += [parts.path for link in found if (parts := urlsplit(link)).path.startswith("/admin/")]
        if EVERY_STATE:
            wrongly_filled += measured.sends_empty(f"{phone.address}{path}", measured.look_at_desk)

    _tell(f"district, {arranged.state}, {language}, {wrongly_filled} forms that complain", measured)
    assert len(seen) > 40
    assert not EVERY_STATE or wrongly_filled > 10
    assert not measured.wrong, "\n".join(measured.wrong)


@in_states([(State.FULL, ENGLISH), (State.FULL, CHINESE)] if EVERY_STATE else [(State.FULL, CHINESE)])
def test_what_is_printed_loses_nothing_and_tears_no_row(phones: Phones, arranged: Arranged, language: str) -> None:
    phone = phones(arranged.member)
    walking.speak(phone, language)
    access.prepare(phone.page)

    wrong = []
    for name in ("issue_list", "sign_in_sheet", "minutes", "attendance_sheet"):
        path = walking.path_of(name, arranged.built)
        phone.open(path)
        wrong += [f"{path} {what}" for what in papers.complaints(phone.page)]

    assert not wrong, "\n".join(wrong)


@in_states([(State.FULL, ENGLISH), (State.FULL, CHINESE)] if EVERY_STATE else [(State.FULL, CHINESE)])
def test_in_large_letters_one_reports_and_rates_with_fewer_choices(
    phones: Phones, arranged: Arranged, language: str
) -> None:
    phone = phones(None)
    walking.speak(phone, language)
    address = walking.path_of("report", arranged.built)
    phone.open(address)
    first = phone.page.locator("main a.row[href*=category]").last.get_attribute("href")
    paths = [address, f"{address}{first}", walking.path_of("rate_by_link", arranged.built)]

    for path in paths:
        sizes, choices = [], []
        for elder in ("elder=0", "elder=1"):
            phone.open(f"{path}{'&' if '?' in path else '?'}{elder}")
            sizes.append(phone.page.evaluate("getComputedStyle(document.body).fontSize"))
            choices.append(len(walking.choices(phone.page)))

        assert sizes == ["17px", "22px"], path
        assert choices[1] < choices[0], path

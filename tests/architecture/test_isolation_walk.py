"""Every address of a compound × everybody who has no business there: refused, without a hint of what is inside."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation import appointments
from compounds.organisation.models import Person, Post, PostKind
from compounds.registry.context import compound_context
from compounds.registry.models import Compound, Membership, Staff
from tests.architecture import addresses
from tests.architecture.addresses import Address
from tests.architecture.scenery import MARK, Scenery
from tests.factories import PersonFactory

type Complaint = str | None
type Look = Callable[[Address, str, HttpResponse], Complaint]

ALL = addresses.of_a_compound() + addresses.of_the_api()
MOUNT = "/c/north"


def body_of(answer: Any) -> str:
    if not answer.streaming:
        # Spreadsheets are no text.
        return answer.content.decode(errors="replace")
    # Read to its end it is closed too; a second closing would close the test's connection.
    return b"".join(answer.streaming_content).decode(errors="replace")


def walk(client: Client, scenery: Scenery, look: Look, *, methods: tuple[str, ...] = ("GET", "POST")) -> list[str]:
    """Ask every address by every method. Returns what ``look`` complains about."""
    complaints = []
    for address in ALL:
        path = MOUNT + address.path(scenery.for_route(address.route))
        for method in methods:
            answer = client.generic(method, path)
            assert connection.schema_name == "public"
            complaint = look(address, method, answer)
            if complaint is None and answer.status_code >= 500:
                complaint = "breaks"
            if complaint:
                complaints.append(f"{method} {path}: {complaint} ({answer.status_code})")
    return complaints


def member_of(schema: str) -> Person:
    with compound_context(schema):
        return PersonFactory(name="外来楼长", posts=[PostKind.BRANCH_SECRETARY])


def signed_in(user_id: int) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    return client


def refused_without_a_hint(address: Address, method: str, answer: HttpResponse) -> Complaint:
    if address.open_to_all:
        return None
    if answer.status_code != 403:
        return "is not refused"
    return "says what is inside" if MARK in body_of(answer) else None


def test_the_walk_leaves_out_no_address_of_a_compound():
    def count(resolver: URLResolver) -> int:
        return sum(1 if isinstance(part, URLPattern) else count(part) for part in resolver.url_patterns)

    assert len(ALL) == count(get_resolver(settings.COMPOUND_URLCONF)) > 350
    assert {"board/", "api/v1/issues/", "volunteers/", "settings/"} <= {address.route for address in ALL}


def test_nobody_is_sent_to_sign_in(scenery):
    def look(address: Address, method: str, answer: HttpResponse) -> Complaint:
        if address.open_to_all:
            return None
        if address.is_api:
            return None if answer.status_code == 401 else "asks for no token"
        if answer.status_code != 302 or not answer["Location"].startswith("/accounts/login/?next=/c/north/"):
            return "is not sent to sign in"
        return None

    assert walk(Client(), scenery, look) == []


def test_a_member_of_another_compound_is_refused_without_a_hint(scenery):
    stranger = member_of("c_south")

    assert walk(signed_in(stranger.user_id), scenery, refused_without_a_hint) == []


def test_somebody_whose_term_was_ended_is_refused_without_a_hint(scenery):
    with compound_context("c_north"):
        appointments.end(scenery.ended.posts.get(), on=timezone.localdate() - timedelta(days=1), by=scenery.secretary)
    assert not Membership.objects.filter(user_id=scenery.ended.user_id).exists()

    assert walk(signed_in(scenery.ended.user_id), scenery, refused_without_a_hint) == []


def test_somebody_whose_term_ran_out_is_refused_without_a_hint(scenery):
    with compound_context("c_north"):
        Post.objects.filter(person=scenery.ended).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert Membership.objects.filter(user_id=scenery.ended.user_id).exists()

    assert walk(signed_in(scenery.ended.user_id), scenery, refused_without_a_hint) == []


def test_a_login_without_any_membership_is_refused_without_a_hint(scenery):
    user = User.objects.create(username="lost", display_name="无职")

    assert walk(signed_in(user.pk), scenery, refused_without_a_hint) == []


def test_a_superuser_is_no_member(scenery):
    user = User.objects.create(username="root", display_name="管理员", is_staff=True, is_superuser=True)

    assert walk(signed_in(user.pk), scenery, refused_without_a_hint) == []


@pytest.mark.parametrize("level", ["read", "administer"])
def test_the_districts_people_read_and_change_nothing(scenery, level):
    user = User.objects.create(username="district", display_name="区里的人", is_staff=True)
    Staff.objects.create(user=user, district=Compound.objects.get(slug="north").community.district, level=level)

    def look(address: Address, method: str, answer: HttpResponse) -> Complaint:
        if method == "GET":
            body_of(answer)
            if address.is_api and "GET" not in (address.methods or ()):
                return None if answer.status_code == 405 else "takes GET"
            allowed = {200, 302, 403, 404} if "GET" in (address.methods or ()) else {302, 403}
            led_inside = answer.headers.get("Location", MOUNT).startswith(MOUNT)
            return None if answer.status_code in allowed and led_inside else "is not read"
        if address.open_to_all or answer.status_code == 403:
            return None
        return "is not refused"

    assert walk(signed_in(user.pk), scenery, look) == []


def test_people_of_another_district_are_refused(scenery):
    user = User.objects.create(username="elsewhere", display_name="外区的人", is_staff=True)
    other = Compound.objects.get(slug="north").community.district.__class__.objects.create(name="外区")
    Staff.objects.create(user=user, district=other)

    assert walk(signed_in(user.pk), scenery, refused_without_a_hint) == []


def test_the_scenery_is_real_the_secretary_reaches_every_address(scenery):
    """Otherwise the walks above would prove that what does not exist is not shown."""
    client = signed_in(scenery.secretary.user_id)

    def look(address: Address, method: str, answer: HttpResponse) -> Complaint:
        body_of(answer)
        if method == "GET" and "GET" not in (address.methods or ()):
            return None if answer.status_code == (405 if address.is_api else 302) else "takes GET"
        # The only address that is there to say that nothing is.
        # Rows that only the API asks for are looked up in its own tests; here its door is walked.
        gone = answer.status_code == 404 and address.name != "open311_unknown" and not address.is_api
        return "is not there" if gone else None

    assert walk(client, scenery, look, methods=("GET",)) == []


@pytest.mark.parametrize(
    "kinds",
    [
        [PostKind.BRANCH_COMMITTEE],
        [PostKind.BUILDING_STEWARD, PostKind.PARTY_MEMBER, PostKind.GRID_WORKER],
        [PostKind.PROPERTY_STAFF, PostKind.OWNERS_COMMITTEE],
    ],
)
def test_no_member_breaks_anything_with_an_empty_form(scenery, kinds):
    with compound_context("c_north"):
        person = PersonFactory(posts=kinds)

    def look(address: Address, method: str, answer: HttpResponse) -> Complaint:
        body_of(answer)
        return None

    assert walk(signed_in(person.user_id), scenery, look) == []


def hostile() -> Iterator[str]:
    yield from ("/issues/%00/", "/issues/'--/", "/issues/2026-9999/", "/board/%3Cscript%3E/", "/rate/x/")
    yield from ("/issues/?q=%00", "/issues/?after=x", "/people/?after=x", "/people/?q=%00", "/issues/?step=nope")
    yield from ("/figures/?year=x", "/figures/?year=0", "/reopenings/0/", "/follow-ups/0/", "/board/x/opinion/")
    yield from ("/people/99999999999999999999/", "/meetings/99999999999999999999/", "/buildings/0/")
    yield from ("/board/?after=x", "/issues/new/?household=x", "/issues/new/?household=99999999999999999999")
    yield from ("/posts/new/?person=x&unit=99999999999999999999&kind=nope", "/meetings/1/items/32768/")
    yield from (
        "/lists/2147483648/",
        "/figures/?year=x",
        "/figures/?year=0",
        "/reopenings/0/",
        "/follow-ups/0/",
        "/assignments/9223372036854775808/",
        "/places/0/",
        "/postings/0/",
    )


def test_hostile_addresses_never_break(scenery):
    client = signed_in(scenery.secretary.user_id)
    client.raise_request_exception = False

    broken = [path for path in hostile() if client.get(MOUNT + path).status_code >= 500]

    assert broken == []
    assert connection.schema_name == "public"

"""Every link and code that opens something to somebody without a login: forged, of another compound, out of date."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from compounds.accounts import invitations
from compounds.registry.models import ShortLink
from tests.architecture import addresses
from tests.architecture.scenery import MARK

KEYS = {"token", "code", "key"}
LINKS = [
    address
    for address in addresses.of_a_compound()
    if address.open_to_all and KEYS & set(address.converters) and not address.route.startswith("open311")
]
# What stays good, and why.
LASTING = {
    "track": "who reported follows the matter to its end and after, by a code of eleven digits",
    "track_take_back": "and may take back at any time what was agreed with it",
    "my_place": "a place is looked up by its code",
    "place_sign_off": "and given back",
    "place_forget": "and name and number taken back, at any time",
    "certificate_checked": "a certificate is genuine for ever",
    "rate_by_link": "good until the matter is closed, however long that takes",
    "activity_door": "says that the activity is over",
    "own_calendar": "a calendar's address is put into a program once; a new one takes its place",
    "helper_link": "a volunteer's personal link is revoked, or replaced; it does not run out",
    "own_activities": "the same link",
    "own_hours": "the same link",
    "own_hours_dispute": "the same link",
}


def key_of(address: addresses.Address) -> str:
    return next(iter(KEYS & set(address.converters)))


def forgeries(key: str) -> list[str]:
    """Keys close to a right one, and far from any."""
    other = {"0": "1"}.get(key[-1], "0")
    turned = key[::-1] if key[::-1] != key else key + "1"
    return [key[:-1] + other, key[:-1], turned, key + "2", "x", "0", "%00", "x" * 900, "墨", "'--", "..", "\u0661"]


def opened(path: str, method: str) -> tuple[int, str]:
    caches["shared"].clear()
    answer = Client(raise_request_exception=False).generic(method, path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, body.decode(errors="replace")


def gone(status: int, body: str) -> bool:
    return 400 <= status < 500 and MARK not in body


@pytest.mark.parametrize("address", LINKS, ids=lambda address: address.name)
def test_a_forged_one_opens_nothing(scenery, address):
    known = scenery.for_route(address.route)
    right = str(known[key_of(address)])

    opens = [
        (method, forged, status)
        for forged in forgeries(right)
        for method in sorted((address.methods or set()) - {"HEAD"})
        for status, body in [opened(f"/c/north{address.path(known | {key_of(address): forged})}", method)]
        if not gone(status, body)
    ]

    assert opens == []


@pytest.mark.parametrize("address", LINKS, ids=lambda address: address.name)
def test_one_of_another_compound_opens_nothing(scenery, address):
    path = address.path(scenery.for_route(address.route))

    opens = [method for method in (address.methods or set()) - {"HEAD"} if not gone(*opened(f"/c/south{path}", method))]

    assert opens == []


@pytest.mark.parametrize("address", [one for one in LINKS if one.name not in LASTING], ids=lambda one: one.name)
def test_an_old_one_opens_nothing(scenery, address):
    path = f"/c/north{address.path(scenery.for_route(address.route))}"
    still_good = "GET" not in (address.methods or ()) or opened(path, "GET")[0] == 200

    with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
        opens = [method for method in (address.methods or set()) - {"HEAD"} if not gone(*opened(path, method))]

    assert still_good, "before, it did"
    assert opens == []


def test_the_list_of_lasting_ones_holds_none_that_is_gone():
    assert set(LASTING) < {address.name for address in LINKS}


@pytest.mark.django_db
def test_a_short_link_that_nobody_made_leads_nowhere():
    known = ShortLink.objects.values_list("code", flat=True).first() or "abcdefg"

    for forged in forgeries(known):
        assert Client().get(f"/q/{forged}").status_code == 404


@pytest.mark.django_db
def test_an_invitation_that_nobody_wrote_opens_nothing():
    user = invitations.open_account("受邀")
    right = invitations.invite(user, now=timezone.now(), by="x")

    for forged in forgeries(right):
        for method in ("GET", "POST"):
            assert opened(f"/invite/{forged}/", method)[0] in {404, 410}, forged
    assert opened(f"/invite/{right}/", "GET")[0] == 200

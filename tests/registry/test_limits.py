"""Whom a limit counts, behind a proxy: the one whom the proxy saw; not the proxy, nor whom a client claims to be."""

import pytest
from django.test import RequestFactory

from compounds.registry import limits

SEEN, OTHER, PROXY = "203.0.113.7", "203.0.113.8", "10.0.0.1"


def who(forwarded: str | None) -> str:
    more = {} if forwarded is None else {"headers": {"x-forwarded-for": forwarded}}
    return limits.address_of(RequestFactory().get("/", REMOTE_ADDR=PROXY, **more))


@pytest.fixture
def _behind_a_proxy(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


@pytest.mark.usefixtures("_behind_a_proxy")
def test_neighbours_behind_one_proxy_are_two():
    assert who(SEEN) != who(OTHER)


@pytest.mark.usefixtures("_behind_a_proxy")
@pytest.mark.parametrize("claimed", [OTHER, "127.0.0.1", "x", f"{OTHER}, 1.2.3.4", "<script>"])
def test_what_a_client_claims_counts_for_nothing(claimed):
    assert who(f"{claimed}, {SEEN}") == who(SEEN)


def test_without_a_proxy_the_header_counts_for_nothing():
    assert who(SEEN) == who(OTHER) == who(None)

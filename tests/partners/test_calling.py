"""A call to an address that somebody else named ends, and leads nowhere that it may not."""

import time

import pytest

from compounds.partners.hooks import calling
from tests.partners.receiver import Receiver


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def own_network(settings):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True


def code_of(url, **how):
    with pytest.raises(calling.CallFailed) as failed:
        calling.post(url, b"{}", {}, **how)
    return failed.value.code


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "ff02::1", "fec0::1", "255.255.255.255"),
    ],
)
def test_addresses_that_are_not_of_the_public_network(address):
    assert not calling.is_outside(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_of_the_public_network(address):
    assert calling.is_outside(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_nobody_is_called_in_our_own_network(settings, host):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = False

    assert code_of(f"https://{host}/") in {"address_not_allowed", "name_unknown"}


@pytest.mark.parametrize("own_network_too", [False, True])
def test_nobody_is_called_without_tls_outside(settings, own_network_too):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = own_network_too

    assert code_of("http://1.1.1.1/") == "not_https"


@pytest.mark.parametrize("url", ["https://", "https://a:b@1.1.1.1/", "https://1.1.1.1:99999/", "https://[::1/"])
def test_broken_addresses_are_refused(url):
    assert code_of(url) == "address_broken"


@pytest.mark.usefixtures("own_network")
@pytest.mark.parametrize("mood", ["hangs", "drips"])
def test_one_that_does_not_come_to_an_end_is_left(receiver, mood):
    receiver.mood = mood
    begins = time.monotonic()

    assert code_of(receiver.url, seconds=0.5) == "too_slow"

    assert time.monotonic() - begins < 2


@pytest.mark.usefixtures("own_network")
def test_of_a_gigabyte_no_more_than_a_little_is_read(receiver):
    receiver.mood = "endless"

    assert calling.post(receiver.url, b"{}", {}) == 200

    # What the sockets between hold besides is the system's.
    assert receiver.written < 32 * 1024 * 1024


@pytest.mark.usefixtures("own_network")
def test_nobody_is_sent_on(receiver):
    receiver.mood = "redirects"

    assert calling.post(receiver.url, b"{}", {}) == 302

    assert len(receiver.got) == 1


@pytest.mark.usefixtures("own_network")
def test_nobody_is_there(receiver):
    url = receiver.url
    receiver.close()

    assert code_of(url) == "not_reached"


@pytest.mark.usefixtures("own_network")
def test_tls_that_is_none_is_not_trusted(receiver):
    assert code_of(receiver.url.replace("http", "https"), seconds=2) in {"no_trust", "cut_off"}

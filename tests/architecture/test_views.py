"""Every writing view names its action, and every view says which methods it takes."""

import pytest

from compounds.organisation.policies import RULES
from tests.architecture import addresses

# Views that write and have no action of their own, and why.
WITHOUT_ACTION = {
    "report": "a resident reports without an account, by the QR code at the entrance; limited per address and entrance",
    "board_rate": "an open rating is anybody's; it is rate-limited and never counted",
    "sign_up": "anybody may say that they will attend a meeting; rate-limited",
    "score_by_link": "a scorer's one-time link is the right to score, whoever opens it",
    "rate_by_link": "a resident's one-time link is the right to rate, whoever opens it",
    "handle_by_link": "a handler's link and the digits of the registered phone are the right to report",
    "handle_ring": "the same two halves of a key are the right to ring those who agreed",
    "track_take_back": "whoever holds the tracking code may take back what was agreed with the report",
    "object_at_board": "anybody may object to what is posted, within its period",
    "notice_reading": "a reading is anybody's; it counts once per browser and day and says nothing about who",
    "activity_sign_up": "anybody signs up for an activity by name and number, with consent; rate-limited",
    "own_activities": "a volunteer's personal link is the right to take and give back their own place",
    "own_hours_dispute": "and to say that their own hours are wrong",
    "place_sign_off": "whoever holds the code of a place may give it back",
    "place_forget": "and may take back that name and number are kept",
    "activity_door": "whoever scans the code at the door ticks themselves; within its time, rate-limited",
    "helper_link": "a volunteer's personal link is the right to answer and to change the own entry; rate-limited",
    "open311_requests": "a partner's key in the form is the right to bring a matter in; limited per partner",
    "open311_unknown": "says that nothing is there, in the form of its protocol",
    "nudge_at_board": "anybody may urge, within limits",
}
ALL = addresses.of_a_compound()


def writing() -> list[addresses.Address]:
    return [address for address in ALL if not address.methods or address.methods - {"GET", "HEAD", "OPTIONS"}]


@pytest.mark.parametrize("address", ALL, ids=lambda address: address.route or "/")
def test_every_view_has_a_name_and_says_which_methods_it_takes(address):
    assert address.name
    assert address.methods, "add require_safe, require_POST or require_http_methods"


@pytest.mark.parametrize("address", writing(), ids=lambda address: address.route)
def test_every_writing_view_names_an_action_that_has_a_rule(address):
    if address.name in WITHOUT_ACTION:
        assert not hasattr(address.view, "action"), "take it off the list"
    else:
        assert address.view.action in RULES


def test_the_list_of_exceptions_holds_no_view_that_is_gone():
    assert set(WITHOUT_ACTION) <= {address.name for address in writing()}


def test_what_is_open_to_all_is_the_board_the_help_and_what_people_do_without_an_account():
    open_ones = {address.route.split("/")[0] for address in ALL if address.open_to_all}
    assert open_ones == {"board", "handle", "help", "helper", "open311", "rate", "report", "score", "track"}


def test_names_of_addresses_are_unique():
    names = [address.name for address in ALL]

    assert len(names) == len(set(names))


def test_there_are_addresses():
    assert len(ALL) > 40
    assert len(writing()) > 15

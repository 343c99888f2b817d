"""A broken rule becomes a page that says what is so and what to do next."""

import pytest
from django.db import OperationalError
from django.test import Client

from compounds.kernel.errors import Busy, DomainError, NotAllowed, Unavailable
from config import settings as installation
from tests.registry.urls_probing import Refused

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _probing(settings):
    settings.COMPOUND_URLCONF = "tests.registry.urls_probing"


def test_the_page_has_the_rules_status_and_says_all_there_is():
    answer = Client(headers=EN).get("/c/north/refuses/")

    assert answer.status_code == 409
    for text in ("Refused this", "It is so: this.", "Do this later.", "Go there", 'href="/there/"'):
        assert text in answer.text


def test_what_somebody_wrote_is_given_back_and_what_was_chosen_is_not():
    sent = {"where": "volunteers", "kind": "steward_1", "text": "灯坏了好几天", "note": "it is dark"}

    answer = Client(headers=EN).post("/c/north/refuses/", sent)

    assert answer.context["typed"] == ["灯坏了好几天", "it is dark"]


def test_names_in_a_message_are_escaped():
    answer = Client(headers=EN).get("/c/north/refuses/?what=<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<script>alert" not in answer.text


def test_any_other_error_is_not_hidden():
    with pytest.raises(RuntimeError, match="on purpose"):
        Client().get("/c/north/breaks/")


def test_a_code_is_stable_and_there_for_every_rule():
    def all_rules(rule: type[DomainError]) -> list[type[DomainError]]:
        return [rule, *(deeper for below in rule.__subclasses__() for deeper in all_rules(below))]

    rules = [rule for rule in all_rules(DomainError) if not rule.__module__.startswith("tests.")]

    codes = [rule.code for rule in rules]
    assert len(set(codes)) == len(codes), "every rule has a code of its own"
    # What the database refuses for the moment is the one thing that is not about who asked.
    assert all(400 <= rule.status < 500 for rule in rules if rule not in {Busy, Unavailable})
    assert all(rule.__doc__ for rule in rules)


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("LockNotAvailable", "Somebody else is at this just now"),
        ("DeadlockDetected", "Somebody else is at this just now"),
        ("AdminShutdown", "We are away for a moment"),
    ],
)
def test_what_the_database_refuses_for_the_moment_is_told_plainly(cause, words):
    answer = Client(headers=EN).post(f"/c/north/waits/?cause={cause}", {"text": "三号楼的电梯又停了"})

    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (503, True)
    assert words in answer.text
    assert "三号楼的电梯又停了" in answer.text


def test_another_error_of_the_database_is_not_hidden():
    with pytest.raises(OperationalError):
        Client().get("/c/north/waits/?cause=DiskFull")


def test_only_who_serves_people_gives_up_a_row_that_is_held(monkeypatch):
    options = {}
    for web in (True, False):
        monkeypatch.setattr(installation, "_WEB", web)
        options[web] = installation._database("postgres://a:b@c:1/d")["OPTIONS"]["options"]

    assert "lock_timeout=8s" in options[True]
    assert "lock_timeout" not in options[False]


def test_not_allowed_is_403():
    assert (NotAllowed().code, NotAllowed().status, str(NotAllowed())) == ("not_allowed", 403, "not_allowed")


def test_a_percent_sign_in_a_name_does_no_harm():
    context = Refused(what="100 % sure").context()

    assert context["message"] == "It is so: 100 % sure."


@pytest.mark.parametrize(
    ("came_from", "leads_back"),
    [
        ("http://testserver/c/north/form/?step=2", True),
        ("http://elsewhere.example/c/north/form/", False),
        ("", False),
    ],
)
def test_who_sent_a_form_is_led_back_to_it(came_from, leads_back):
    headers = EN | ({"referer": came_from} if came_from else {})

    answer = Client(headers=headers).post("/c/north/refuses/")

    assert ('href="/c/north/form/?step=2"' in answer.text) == leads_back
    assert "elsewhere.example" not in answer.text


def test_who_only_looked_is_led_nowhere_back():
    answer = Client(headers=EN | {"referer": "http://testserver/c/north/form/"}).get("/c/north/refuses/")

    assert "Back to the form" not in answer.text

"""Points and route: who asks, how urgent, whom it concerns, how long it waits; who must serve gives no points."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import priority
from consultation.models.step2_propose import Concerns, Difficulty, Route, Served, Urgency


def score(
    *, households: int = 0, urgency: str = "can_wait", concerns: str = "anyone", waiting_days: int = 0
) -> list[int]:
    found = priority.reasons(households=households, urgency=urgency, concerns=concerns, waiting_days=waiting_days)
    return [reason.points for reason in found]


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({}, [0, 0, 0, 0]),
        ({"households": 1}, [3, 0, 0, 0]),
        ({"households": 10}, [30, 0, 0, 0]),
        ({"households": 400}, [30, 0, 0, 0]),
        ({"urgency": "soon"}, [0, 15, 0, 0]),
        ({"urgency": "urgent"}, [0, 30, 0, 0]),
        ({"concerns": "families"}, [0, 0, 10, 0]),
        ({"concerns": "frail"}, [0, 0, 20, 0]),
        ({"waiting_days": 7}, [0, 0, 0, 7]),
        ({"waiting_days": 365}, [0, 0, 0, 20]),
        ({"households": 99, "urgency": "urgent", "concerns": "frail", "waiting_days": 99}, [30, 30, 20, 20]),
    ],
)
def test_each_reason_has_its_points(facts, points):
    assert score(**facts) == points


@given(
    households=st.integers(0, 5000),
    urgency=st.sampled_from(Urgency.values),
    concerns=st.sampled_from(Concerns.values),
    waiting_days=st.integers(0, 5000),
)
def test_the_score_is_between_none_and_a_hundred_and_never_falls_with_time_or_voices(
    households, urgency, concerns, waiting_days
):
    facts = {"urgency": urgency, "concerns": concerns}
    now = sum(score(households=households, waiting_days=waiting_days, **facts))

    assert 0 <= now <= 100
    assert sum(score(households=households + 1, waiting_days=waiting_days, **facts)) >= now
    assert sum(score(households=households, waiting_days=waiting_days + 1, **facts)) >= now


def test_every_reason_is_said_even_when_it_gives_nothing():
    found = priority.reasons(households=2, urgency="can_wait", concerns="anyone", waiting_days=0)

    assert [bool(str(reason.label)) for reason in found] == [True] * 4


def test_weights_are_data():
    weights = priority.Weights(per_household=10, households_at_most=100)

    found = priority.reasons(households=4, urgency="can_wait", concerns="anyone", waiting_days=0, weights=weights)

    assert found[0].points == 40


# Rows: who must serve; columns: how difficult.
ROUTES = """
                 simple  moderate hard
    one_body     direct  meeting  meeting
    several      meeting meeting  meeting
    owners_money owners_vote owners_vote owners_vote
"""


def test_who_must_serve_and_how_hard_suggest_the_route():
    head, *rows = [line.split() for line in ROUTES.strip().splitlines()]
    drawn = {(row[0], hard): route for row in rows for hard, route in zip(head, row[1:], strict=True)}

    assert set(drawn) == set(product(Served.values, Difficulty.values))
    for (served, difficulty), route in drawn.items():
        assert priority.suggested_route(served=served, difficulty=difficulty) == Route(route)


@pytest.mark.parametrize("wrong", [{"urgency": "maybe"}, {"concerns": "nobody"}])
def test_what_is_no_criterion_is_a_fault(wrong):
    with pytest.raises(ValueError, match="is not a valid"):
        score(**wrong)

"""Whatever happens to the nights of a round: it is opened, frozen, posted and awarded once, with the same numbers."""

import contextlib
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from consultation.models import Award, RoundState, ScoringRound, ScoringSubject
from consultation.services import scoring
from consultation.services.scoring_life import turn
from notices.models import Posting, PostingKind
from tests.consultation.scoring import CLOSES, OPENS, lines, met, noon
from tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("north")
# Before it opens, when it opens, while it is scored, when it is frozen, while its posting hangs, and after that.
NIGHTS = [
    date(2026, 3, 31),
    OPENS,
    date(2026, 4, 10),
    CLOSES,
    date(2026, 4, 20),
    date(2026, 5, 6),
]
SCORED = 2  # after this night


class Killed(Exception):
    """The worker dies here; its transaction is rolled back by the server."""


def as_planned(day: date) -> None:
    turn(day)


def doubled(day: date) -> None:
    for _ in range(2):
        turn(day)


def lost(_day: date) -> None:
    """The message never came, or the broker was emptied."""


def restarted(day: date) -> None:
    """Another worker begins the night that the first one had ended."""
    turn(day)
    turn(day + timedelta(days=1))
    turn(day)


def set_back(day: date) -> None:
    turn(day - timedelta(days=3))


def killed_after(statements: int) -> Any:
    """The worker dies after so many statements that write; what was committed before stays."""

    def happen(day: date) -> None:
        left = [statements]

        def die(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith(("INSERT", "UPDATE", "DELETE")):
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
            return execute(sql, params, many, context)

        with connection.execute_wrapper(die):
            turn(day)

    return happen


HAPPENINGS = st.one_of(
    st.sampled_from([as_planned, doubled, lost, restarted, set_back]), st.integers(0, 12).map(killed_after)
)


def written() -> dict[str, Any]:
    return {
        "rounds": list(ScoringRound.objects.values_list("year", "quarter", "state", "sheets")),
        "results": sorted(ScoringSubject.objects.counted().values_list("scores", "total")),
        "postings": Posting.objects.filter(kind=PostingKind.SCORING).count(),
        "awards": Award.objects.count(),
    }


EXPECTED = {
    "rounds": [(2026, 1, RoundState.AWARDED, 6)],
    "results": [(6, 24)] * 5,
    "postings": 1,
    "awards": 3,
}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
)
@given(st.lists(HAPPENINGS, min_size=len(NIGHTS), max_size=len(NIGHTS)))
def test_any_sequence_gives_the_same_round(happenings):
    with transaction.atomic():
        met(*[PersonFactory(name=f"议事员{n}") for n in range(3)])
        for n in range(6):
            PersonFactory(name=f"打分人{n}", posts=["residents_rep"])
        for n, (day, happening) in enumerate(zip(NIGHTS, happenings, strict=True)):
            _happen(happening, day)
            if n == SCORED:
                _happen(as_planned, day)
                _score(day)
        for day in (date(2026, 5, 7), date(2026, 5, 30)):
            _happen(as_planned, day)

        assert written() == EXPECTED
        transaction.set_rollback(True)


def _happen(happening: Any, day: date) -> None:
    with time_machine.travel(noon(day), tick=False), contextlib.suppress(Killed):
        happening(timezone.localdate())


def _score(day: date) -> None:
    for scorer in ScoringRound.objects.get().scorers.select_related("round"):
        scoring.submit(scorer, lines(scorer, 4), today=day)

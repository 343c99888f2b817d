"""From figures to what they call for: a compound's state, and its place among those that need attention."""

from collections.abc import Mapping
from dataclasses import dataclass

from compounds.oversight.figures import FIGURES, Figure, Good, Value
from compounds.oversight.models import State


@dataclass(frozen=True)
class Verdict:
    """The state, the keys of the figures that raise an alarm (the gravest first), and a number to rank by."""

    state: State
    alarms: list[str]
    rank: int


def level(figure: Figure, value: Value | None) -> State:
    """What one figure calls for. One that could not be counted, or rests on too few cases, calls for nothing."""
    number = figure.number(value)
    if figure.alarm is None or number is None or figure.is_small(value):
        return State.FINE
    sign = -1 if figure.good == Good.UP else 1
    if sign * number >= sign * figure.alarm.act:
        return State.ACT
    return State.WATCH if sign * number >= sign * figure.alarm.watch else State.FINE


def judge(values: Mapping[str, Value]) -> Verdict:
    """Late reporting outranks everything (domain: Ratings and figures), then more alarms to act on, then to watch."""
    raised = []
    for key, figure in FIGURES.items():
        if found := level(figure, values.get(key)):
            first = bool(figure.alarm and figure.alarm.first and found == State.ACT)
            raised.append((first, int(found), key))
    raised.sort(key=lambda alarm: (not alarm[0], -alarm[1]))
    firsts = sum(first for first, _level, _key in raised)
    acts = sum(level == State.ACT for _first, level, _key in raised)
    worst = max((level for _first, level, _key in raised), default=0)
    rank = firsts * 1_000_000 + acts * 1_000 + len(raised)
    return Verdict(State(worst), [key for _first, _level, key in raised], rank)

"""What happens to a matter beside the five steps, read from its table: it waits, is passed upward, is objected to."""

from typing import Any

from consultation.models import HoldReason, Outcome, ReferralLevel
from demo.stories import xijun_bodies as bodies
from demo.stories.days import Days, Words
from demo.stories.tales import (
    ClosingPlan,
    DirectPlan,
    HoldPlan,
    MediationPlan,
    ObjectionPlan,
    ReferralPlan,
    ReopeningPlan,
    ReturnPlan,
    ToldPlan,
)


def read(days: Days, words: Words) -> dict[str, Any]:
    """The fields of a tale that its table has."""
    found = {name: make(days, words[name]) for name, make in _MAKERS.items() if name in words}
    found["holds"] = tuple(_hold(days, hold) for hold in words.get("hold", []))
    found["looked"] = tuple(days.soon(day, 16) for day in words.get("looked", []))
    found["nudges"] = tuple((days.soon(day, 12), said) for day, said in words.get("nudges", []))
    return found


def _hold(days: Days, words: Words) -> HoldPlan:
    return HoldPlan(
        days.soon(words["on"], 15),
        HoldReason(words["reason"]),
        words["question"],
        days.soon(words["ended"], 14) if "ended" in words else None,
        words.get("answer", ""),
    )


def _direct(days: Days, words: Words) -> DirectPlan:
    return DirectPlan(
        days.at(words["on"], "11:30"),
        bodies.NAMED[words.get("body", "property")],
        words["task"],
        days.ago(words["due"]),
        words["reason"],
        words.get("danger", False),
    )


def _referral(days: Days, words: Words) -> ReferralPlan:
    return ReferralPlan(
        days.soon(words["on"], 14) if "on" in words else None,
        ReferralLevel(words.get("level", "street")),
        words.get("question", ""),
        days.ago(words.get("due", 0)),
        bodies.NAMED[words["body"]] if "body" in words else "",
        days.soon(words["answered"], 11) if "answered" in words else None,
        words.get("answer", ""),
    )


def _reported(days: Days, words: Words) -> ToldPlan:
    return ToldPlan(days.soon(words["on"], 21), words["to"], words["note"])


def _mediation(days: Days, words: Words) -> MediationPlan:
    return MediationPlan(
        days.soon(words["on"], 13),
        words["mediator"],
        words["parties"],
        days.soon(words["met"], 20) if "met" in words else None,
        words.get("note", ""),
    )


def _objection(days: Days, words: Words) -> ObjectionPlan:
    return ObjectionPlan(
        days.soon(words["on"], 19),
        words["name"],
        words["text"],
        days.soon(words["answered"], 11) if "answered" in words else None,
        words.get("answer", ""),
        days.ago(words["rework_due"]) if "rework_due" in words else None,
    )


def _reopening(days: Days, words: Words) -> ReopeningPlan:
    return ReopeningPlan(days.soon(words["on"], 15), words["note"], days.ago(words["due"]))


def _returned(days: Days, words: Words) -> ReturnPlan:
    return ReturnPlan(
        days.soon(words["on"], 15),
        words["reason"],
        days.soon(words["again"], 10) if "again" in words else None,
        words.get("note", ""),
        days.ago(words.get("due", 0)),
    )


def _closing(days: Days, words: Words) -> ClosingPlan:
    return ClosingPlan(
        days.soon(words["on"], 16),
        Outcome(words["outcome"]),
        words["note"],
        bodies.NAMED.get(words.get("body", ""), ""),
    )


_MAKERS = {
    "direct": _direct,
    "referral": _referral,
    "mediation": _mediation,
    "reported": _reported,
    "objection": _objection,
    "reopening": _reopening,
    "returned": _returned,
    "closing": _closing,
}

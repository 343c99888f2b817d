"""Reading the stories of ``words/*.toml``: people write what was said and when; the days between follow from custom.

A day is a date, or so many days before today. Where nothing is said, a matter is heard nine days before its edition,
handed over three days later and sorted the day before; minutes are confirmed and issued within three working days; what
is done is looked at, posted and rated one after the other, and closed once its posting has hung.
"""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from consultation.models import DecisionOutcome, FundSource, Outcome, Party, RatingChannel
from consultation.models.step2_propose import Concerns, Difficulty, Served, Urgency
from demo.plans import COMPANY_CHANGED
from demo.stories import asides
from demo.stories import xijun_bodies as bodies
from demo.stories.days import Days, Words
from demo.stories.plans import (
    HandlingPlan,
    MatterPlan,
    RatingPlan,
    ResultPlan,
    SortingPlan,
    TickPlan,
    VoicePlan,
    VotePlan,
)
from demo.stories.tales import Tale, Talk
from notices.postings import PERIOD

_FILES = Path(__file__).parent / "words"
_EVENING = "19:30"
# As many buildings as there may ever be.
_EVERY_BUILDING = 99
_LISTED_AFTER, _HANDED_AFTER = 9, 3


def read(name: str, today: date) -> list[Tale]:
    """The tales of one file, as they lie before ``today``."""
    with (_FILES / f"{name}.toml").open("rb") as file:
        return [_Reader(words, today).tale() for words in tomllib.load(file)["matter"]]


class _Reader(Days):
    """One matter's table becomes a tale."""

    def __init__(self, words: Words, today: date) -> None:
        super().__init__(words["key"], today)
        self.words = words
        self.building: int = words["where"][0]

    def tale(self) -> Tale:
        words = self.words
        talks = [self._talk(talk) for talk in words.get("talk", [])]
        return Tale(
            self._matter(),
            self.at(self.kept(words["listed"]), "09:00") if "listed" in words else None,
            tuple(talks),
            tuple(self._handlings(talks)),
            **asides.read(self, words),
        )

    # --- The first two steps -----------------------------------------------------------------------------------------

    def _matter(self) -> MatterPlan:
        words = self.words
        building, note = words["where"]
        heard = self.ago(words["heard"]) if "heard" in words else self.kept(words["listed"]) + _LISTED_AFTER
        handed = self.ago(words["handed"]) if "handed" in words else heard - _HANDED_AFTER
        return MatterPlan(
            key=self.key,
            title=words["title"],
            said=words["said"],
            category=words["category"],
            building=building,
            recorded=self.soon(heard, 17 + len(self.key) % 2),
            entrance=words.get("entrance", 0),
            place_note=note,
            on_the_grounds=words.get("grounds", False),
            scenes=(words["scene"],) if "scene" in words else (),
            may_be_rung=words.get("ring", False),
            voices=tuple(self._voices(heard, handed)),
            handed_over=self.soon(handed, 20) if "summary" in words else None,
            summary=words.get("summary", ""),
            sorting=self._sorting(words, handed) if "sort" in words else None,
        )

    def _voices(self, heard: int, handed: int) -> list[VoicePlan]:
        """One or two an evening, from the day after the first word on."""
        told = self.words.get("voices", [])
        return [
            VoicePlan(building, max(heard - 1 - n // 2, min(handed, heard), 1), said)
            for n, (building, said) in enumerate(told)
        ]

    def _sorting(self, words: Words, handed: int, listed: int | None = None) -> SortingPlan:
        urgency, concerns, served, days, difficulty = words["sort"].split()
        if listed is None and "listed" in words:
            listed = self.kept(words["listed"])
        day = handed - 2 if listed is None else min(listed + 1, max(handed - 1, listed))
        return SortingPlan(
            self.at(day, "08:40") if day == listed else self.soon(max(day, 1), 10),
            Urgency(urgency),
            Concerns(concerns),
            Served(served),
            int(days),
            Difficulty(difficulty),
            words["suggest"],
            listed=listed is not None or words.get("draft", False),
        )

    # --- Meetings ----------------------------------------------------------------------------------------------------

    def _talk(self, words: Words) -> Talk:
        held = self.kept(words["held"])
        relisted = self.kept(words["relisted"]) if "relisted" in words else None
        return Talk(
            self.at(held, words.get("clock", _EVENING)),
            ResultPlan(
                self.key,
                words["text"],
                DecisionOutcome(words.get("outcome", "consensus")),
                bodies.NAMED[self._body(words.get("body", "property"), held)],
                self.ago(words.get("due", 0)),
                words.get("cost", 0),
                FundSource(words.get("fund", "none")),
                reservations=_by_party(words.get("but", {})),
                said=_by_party(words.get("agree", {})),
                against=_by_party(words.get("no", {})),
                dissent=words.get("dissent", ""),
                hands=tuple(words["hands"]) if "hands" in words else None,
                vote=self._vote(words["vote"]) if "vote" in words else None,
            ),
            None if relisted is None else self.at(relisted, "09:00"),
            None if relisted is None else self._sorting(words, relisted + 2, relisted),
        )

    def _body(self, key: str, on: int) -> str:
        """Before the company changed, the property company was another one."""
        earlier = self.today - timedelta(days=on) < COMPANY_CHANGED
        return "earlier" if key == "property" and earlier else key

    def _vote(self, words: Words) -> VotePlan:
        return VotePlan(
            words["item"],
            words["question"],
            self.ago(words["begins"]),
            self.ago(words["ends"]),
            tuple(words["total"]),
            self.soon(words["counted"], 16) if "counted" in words else None,
            tuple(words.get("took_part", (0, 0))),
            tuple(words.get("in_favour", (0, 0))),
        )

    # --- Handling ----------------------------------------------------------------------------------------------------

    def _handlings(self, talks: list[Talk]) -> list[HandlingPlan]:
        """The first round begins once minutes are issued, or the vote is counted, or it was handed out at once."""
        rounds = [*self.words.get("work", [])]
        begun = self._handed_out(talks)
        return [self._handling(work, begun if n == 0 else None) for n, work in enumerate(rounds)]

    def _handed_out(self, talks: list[Talk]) -> int:
        if "direct" in self.words:
            return self.ago(self.words["direct"]["on"])
        if talks and (vote := talks[-1].result.vote) and vote.counted:
            return vote.counted[0]
        return self.later(talks[-1].held[0], 3) if talks else 0

    def _handling(self, work: Words, begun: int | None) -> HandlingPlan:
        accepted = self.ago(work["accepted"]) if "accepted" in work else begun
        plan: dict[str, Any] = {"key": self.key}
        if "rated" in work:
            # Answered from above: nobody of the compound had a task.
            return HandlingPlan(**plan, **self._rated(work, self.ago(work["rated"])))
        if accepted is not None and work.get("taken", True):
            plan["accepted"] = self.soon(accepted, 17)
        if begun is not None and "direct" not in self.words:
            plan["result_ticked"] = TickPlan(self.soon(begun, 18), only=self.building)
        plan["progress"] = tuple((self.soon(day, 11), said) for day, said in work.get("progress", []))
        if "done" in work:
            plan |= self._done(work)
        return HandlingPlan(**plan)

    def _done(self, work: Words) -> Words:
        done = self.ago(work["done"])
        plan: Words = {"reported": self.soon(done, 16), "report": work["report"], "scene": work["scene"]}
        if "found" in work:
            seen = self.ago(work["seen"]) if "seen" in work else self.later(done, 1)
            plan |= {"verified": self.soon(seen, 9), "verified_by": self.building, "found": work["found"]}
            if "posting" in work:
                plan |= self._known(work, self.ago(work["posted"]) if "posted" in work else self.later(seen, 1))
        return plan

    def _known(self, work: Words, posted: int) -> Words:
        plan: Words = {
            "posted": self.at(posted, "10:00"),
            "posting": work["posting"],
            "completion_ticked": TickPlan(
                self.soon(posted, 17), _EVERY_BUILDING if work.get("everywhere") else 0, self.building
            ),
        }
        return plan | self._rated(work, posted)

    def _rated(self, work: Words, posted: int) -> Words:
        plan: Words = {"ratings": tuple(self._ratings(work, posted)), "asked": work.get("asked", "")}
        if "note" in work:
            closed = self.ago(work["closed"]) if "closed" in work else self.later(posted, PERIOD + 1)
            outcome = Outcome(work.get("outcome", "solved"))
            plan |= {"closed": self.soon(closed, 10), "outcome": outcome, "note": work["note"]}
        return plan

    def _ratings(self, work: Words, posted: int) -> list[RatingPlan]:
        """One or two an evening; every other by the reporter's own link."""
        return [
            RatingPlan(
                (max(posted - 1 - n // 2, 1), f"{18 + n % 2}:{20 + n * 5}"),
                voice,
                stars,
                said,
                RatingChannel.LINK if n % 2 else RatingChannel.STEWARD,
            )
            for n, (voice, stars, said) in enumerate(work.get("ratings", []))
        ]


def _by_party(words: dict[str, str]) -> dict[Party, str]:
    return {Party(party): said for party, said in words.items()}

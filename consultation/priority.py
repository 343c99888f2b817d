"""Points and route of a matter, calculated from what was sorted. Pure: no tables, no clock.

Points come from who asks, urgency, whom it concerns and waiting time; who must serve, time limit and difficulty give no
points, they suggest the route (domain: Priority).
"""

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultation.models.step2_propose import Concerns, Difficulty, Route, Served, Urgency


@dataclass(frozen=True)
class Weights:
    """How many points each reason is worth. The district's default; at most 100 in all."""

    per_household: int = 3
    households_at_most: int = 30
    urgent: int = 30
    soon: int = 15
    frail: int = 20
    families: int = 10
    per_waiting_day: int = 1
    waiting_at_most: int = 20

    @classmethod
    def of(cls, settings: Any) -> "Weights":
        """The weights that a compound has set."""
        return cls(**{field.name: getattr(settings, field.name) for field in fields(cls)})

    def kept(self) -> dict[str, int]:
        """As data, to be kept with a sorting."""
        return asdict(self)


@dataclass(frozen=True)
class Reason:
    """One reason and the points it gave."""

    label: Promise | str
    points: int


DEFAULT = Weights()


def reasons(
    *, households: int, urgency: str, concerns: str, waiting_days: int, weights: Weights = DEFAULT
) -> list[Reason]:
    """Every reason with its points, also those that gave none. The score is their sum."""
    urgent = {Urgency.URGENT: weights.urgent, Urgency.SOON: weights.soon}.get(Urgency(urgency), 0)
    concerned = {Concerns.FRAIL: weights.frail, Concerns.FAMILIES: weights.families}.get(Concerns(concerns), 0)
    return [
        Reason(
            ngettext("%(count)s household asks", "%(count)s households ask", households) % {"count": households},
            min(households * weights.per_household, weights.households_at_most),
        ),
        Reason(_("Urgency: %(urgency)s") % {"urgency": Urgency(urgency).label}, urgent),
        Reason(_("Concerns %(people)s") % {"people": Concerns(concerns).label}, concerned),
        Reason(
            ngettext("waiting for %(days)s day", "waiting for %(days)s days", waiting_days) % {"days": waiting_days},
            min(waiting_days * weights.per_waiting_day, weights.waiting_at_most),
        ),
    ]


def suggested_route(*, served: str, difficulty: str) -> Route:
    """One body alone and simple: directly. Common parts or owners' money: the owners. Otherwise the four parties."""
    if served == Served.OWNERS_MONEY:
        return Route.OWNERS_VOTE
    if served == Served.ONE_BODY and difficulty == Difficulty.SIMPLE:
        return Route.DIRECT
    return Route.MEETING

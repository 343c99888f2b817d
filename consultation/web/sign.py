"""The product's one sign: five circles 访 提 议 办 评 on a line, the same on every page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from consultation.models import Issue
from consultation.steps import FIVE, Step

SIGNS: dict[Step, str | Promise] = {
    Step.VISIT: pgettext_lazy("sign of a step", "V"),
    Step.PROPOSE: pgettext_lazy("sign of a step", "P"),
    Step.MEET: pgettext_lazy("sign of a step", "M"),
    Step.HANDLE: pgettext_lazy("sign of a step", "H"),
    Step.EVALUATE: pgettext_lazy("sign of a step", "E"),
}


@dataclass(frozen=True)
class Circle:
    """One of the five: ``state`` is done, now, has or empty; ``count`` and ``url`` where a page shows how many wait."""

    sign: str | Promise
    label: str | Promise
    state: str
    count: int | None = None
    url: str = ""


def sign_of(issue: Issue) -> list[Circle]:
    """Where one matter stands. A closed one has all five behind it; one passed upward waits outside the line."""
    reached = FIVE.index(Step(issue.step)) if issue.step in FIVE else len(FIVE) if issue.step == Step.CLOSED else -1
    states = ["done" if n < reached else "now" if n == reached else "" for n in range(len(FIVE))]
    return [Circle(SIGNS[step], step.label, state) for step, state in zip(FIVE, states, strict=True)]


def sign_with_counts(counts: dict[str, int], url: str) -> list[Circle]:
    """How many matters wait at each step; each circle leads to them (``url`` with ``?step=``)."""
    return [
        Circle(SIGNS[step], step.label, "has" if counts.get(step) else "", counts.get(step, 0), f"{url}?step={step}")
        for step in FIVE
    ]

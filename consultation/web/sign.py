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
    """One of the five: ``state`` is done, skipped, now, has or empty.

    ``count`` and ``url`` where a page shows how many wait.
    """

    sign: str | Promise
    label: str | Promise
    state: str
    count: int | None = None
    url: str = ""


def sign_of(issue: Issue) -> list[Circle]:
    """Where one matter stands, and which steps it came through. One passed upward waits outside the line.

    What was handed out at once met no four parties, and what is nobody's here is closed without any work: such steps
    were skipped, and nobody reads that they were done.
    """
    reached = FIVE.index(Step(issue.step)) if issue.step in FIVE else len(FIVE) if issue.step == Step.CLOSED else -1
    been = set(issue.records.values_list("to_step", flat=True))

    def state(n: int, step: Step) -> str:
        if n < reached:
            return "done" if step in been else "skipped"
        return "now" if n == reached else ""

    return [Circle(SIGNS[step], step.label, state(n, step)) for n, step in enumerate(FIVE)]


def sign_with_counts(counts: dict[str, int], url: str) -> list[Circle]:
    """How many matters wait at each step; each circle leads to them (``url`` with ``?step=``)."""
    return [
        Circle(SIGNS[step], step.label, "has" if counts.get(step) else "", counts.get(step, 0), f"{url}?step={step}")
        for step in FIVE
    ]

"""The five steps and the moves between them: data only, imports nothing of ours (domain: Moves)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    VISIT = "visit", _("Visit and ask")
    PROPOSE = "propose", _("Branch proposes")
    MEET = "meet", _("Four parties consult")
    HANDLE = "handle", _("Divide and handle")
    EVALUATE = "evaluate", _("Sum up and evaluate")
    REFERRED = "referred", _("Passed upward")
    CLOSED = "closed", _("Closed")


# The article's five, in order; REFERRED and CLOSED stand outside the line.
FIVE = (Step.VISIT, Step.PROPOSE, Step.MEET, Step.HANDLE, Step.EVALUATE)
OPEN = (*FIVE, Step.REFERRED)

MOVES: dict[Step, frozenset[Step]] = {
    Step.VISIT: frozenset({Step.PROPOSE, Step.CLOSED}),
    # Returned with a question; on the list; simple or dangerous, so handed out at once; passed upward.
    Step.PROPOSE: frozenset({Step.VISIT, Step.MEET, Step.HANDLE, Step.REFERRED, Step.CLOSED}),
    # Minutes issued; no consensus goes back to the branch.
    Step.MEET: frozenset({Step.HANDLE, Step.PROPOSE, Step.REFERRED, Step.CLOSED}),
    # Completion verified; cannot be done as agreed; an objection was upheld.
    Step.HANDLE: frozenset({Step.EVALUATE, Step.MEET, Step.PROPOSE, Step.REFERRED}),
    # Reopened, to the handler or to the branch.
    Step.EVALUATE: frozenset({Step.HANDLE, Step.PROPOSE, Step.CLOSED}),
    # An answer came from above.
    Step.REFERRED: frozenset({Step.PROPOSE, Step.HANDLE, Step.EVALUATE, Step.CLOSED}),
    # Within REOPEN_DAYS; later a linked new issue.
    Step.CLOSED: frozenset({Step.PROPOSE}),
}
REOPEN_DAYS = 30
# Calendar days after closing at which somebody asks again (回访).
FOLLOW_UP_DAYS = 30
# Working days in which the branch answers a dissatisfied rating.
REOPENING_LIMIT = 3

# Working days that a step may take, unless district, compound or category say otherwise. HANDLE takes what its
# assignment says, CLOSED nothing.
LIMITS: dict[Step, int] = {
    Step.VISIT: 3,
    Step.PROPOSE: 5,
    Step.MEET: 20,
    Step.EVALUATE: 10,
    Step.REFERRED: 20,
}
# Clock hours that a step may take once a matter is urgent or dangerous. The four parties are invited in due form, and
# what cannot wait for them is handed out; what is being rated is urgent no more.
URGENT_LIMITS: dict[Step, int] = {
    Step.VISIT: 4,
    Step.PROPOSE: 24,
    Step.REFERRED: 72,
}

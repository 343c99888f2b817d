"""What a failed run says to a clerk of the district: the rule that was in the way, or that the fault is ours."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from compounds.jobs.models import Run
from compounds.organisation.appointments import PostTaken
from compounds.registry.context import CompoundNotThere
from compounds.registry.opening import AddressTaken, ComesFromFile, SchemaInTheWay

# The ledger keeps the type of the error and, for a rule of ours, its code.
_KNOWN: dict[str, Any] = {
    PostTaken.code: _("Somebody else holds this post there. End that term on the compound's page, then try again."),
    CompoundNotThere.code: _("The compound is not open. It is tried again once it is."),
    AddressTaken.code: _("The address is taken by another compound."),
    SchemaInTheWay.code: SchemaInTheWay.hint,
    ComesFromFile.code: ComesFromFile.message,
}
_OURS = _("A fault of the system: show this line to those who run the server.")


def in_words(run: Run) -> tuple[str, str]:
    """The reason as a sentence, and the technical line where the sentence alone would not help; empty without error."""
    if not run.error:
        return "", ""
    code = run.error.rpartition(": ")[2]
    if code in _KNOWN:
        return str(_KNOWN[code]), ""
    return str(_OURS), run.error

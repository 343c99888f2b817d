"""Rules of holds that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class OnHoldAlready(DomainError):
    """A matter waits for one thing at a time."""

    code = "on_hold_already"
    title = _("This matter is on hold already")
    message = _("It waits for %(reason)s: %(question)s")
    hint = _("End that hold first.")


class HoldEnded(DomainError):
    """An ended hold stays as it is."""

    code = "hold_ended"
    title = _("This hold has ended")
    message = _("The answer was: %(answer)s")
    hint = _("Somebody may have acted a moment ago.")


class ClosedNeedsNoHold(DomainError):
    """Only open matters wait."""

    code = "closed_needs_no_hold"
    title = _("A closed matter waits for nothing")
    message = _("Only open matters are put on hold. Take it up again first if it has come back.")

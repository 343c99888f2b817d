"""Rules of the minutes that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class ItemsUndecided(DomainError):
    """Minutes say what became of each item."""

    code = "items_undecided"
    title = _("Some items are still open")
    message = _("Record what became of: %(items)s. Deferring counts.")


class SeatsNotConfirmed(DomainError):
    """Minutes are issued once every seat has answered, or three working days later."""

    code = "seats_not_confirmed"
    title = _("Not all parties have confirmed yet")
    message = _("Still without an answer: %(missing)s.")
    hint = _("From %(day)s on the branch may issue without them; the minutes will say so.")


class DidNotSit(DomainError):
    """A seat's answer to the minutes is given by somebody who sat on it."""

    code = "did_not_sit"
    title = _("Somebody else must answer for this seat")
    message = _("%(name)s did not sit for “%(party)s” at this meeting.")
    hint = _("Choose somebody who signed in for this party at the meeting.")


class IssuedAlready(DomainError):
    """Issued minutes bind."""

    code = "issued_already"
    title = _("These minutes are issued")
    message = _("Their decisions bind; nothing in them changes any more.")
    hint = _("What cannot be done so is sent back from its task; then it can go before another meeting.")

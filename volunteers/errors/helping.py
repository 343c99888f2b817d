"""Rules of help among neighbours that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class OfferGone(DomainError):
    """One answer to one question, while it stands."""

    code = "offer_gone"
    title = _("This has moved on")
    message = _("The question was answered or its time was over, so somebody else may have been asked meanwhile.")
    hint = _("Thank you all the same. Nothing was changed.")


class RequestClosed(DomainError):
    """What is done or no longer needed is looked for no more."""

    code = "help_request_closed"
    title = _("This request is closed")
    message = _("The help was given, or it is no longer needed.")
    hint = _("If help is needed again, write down a new request.")


class NotYourTurn(DomainError):
    """Somebody has agreed to help; nobody else is asked as long as they do."""

    code = "somebody_helps_already"
    title = _("Somebody helps already")
    message = _("%(name)s has agreed to help.")
    hint = _("If they cannot after all, write that down first; then somebody else can be asked.")


class AskedBefore(DomainError):
    """Nobody is asked twice for the same help."""

    code = "asked_before"
    title = _("They were asked before")
    message = _("%(name)s was asked for this help already.")
    hint = _("Ask somebody else.")


class AsksForThemselves(DomainError):
    """Nobody is asked to help at their own door."""

    code = "asks_for_themselves"
    title = _("That is their own door")
    message = _("%(name)s lives at the door that asks for help.")
    hint = _("Ask somebody from another door.")


class ThanksTooEarly(DomainError):
    """Thanks follow the help, once."""

    code = "thanks_too_early"
    title = _("There is nothing to thank for yet")
    message = _("Thanks are written down once, after the help was given.")

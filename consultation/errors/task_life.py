"""Rules of a task's way that can be broken: returns, handlers' links, urging, bodies."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class ReturnAnswered(DomainError):
    """The branch decides once what becomes of a returned task."""

    code = "return_answered"
    title = _("This return is decided already")
    message = _("It was decided: %(answer)s.")
    hint = _("Somebody may have acted a moment ago.")


class NoContactPhone(DomainError):
    """A handler's link asks for digits of the registered phone, so one must be registered."""

    code = "no_contact_phone"
    title = _("No contact phone is registered")
    message = _("The link asks for the last four digits of the phone of %(body)s, and none is registered.")
    hint = _("The branch adds it on the page of responsible bodies.")


class LinkNotValid(DomainError):
    """A handler's link works until it expires, is called back, or was answered wrongly too often."""

    code = "handler_link_not_valid"
    status = 410
    title = _("This link does not work any more")
    message = _("Nothing was changed.")
    hint = _("Ask whoever sent it for a new one.")


class WrongDigits(DomainError):
    """Whoever reports through a link knows the last four digits of the registered phone."""

    code = "wrong_digits"
    status = 422
    title = _("These are not the digits")
    message = _("These are not the last four digits of the registered phone. Tries left: %(left)s.")


class LastTryWrong(WrongDigits):
    """The try that locks the link: there is no other."""

    code = "link_locked"
    message = _("These are not the digits either. The link is locked now: ask whoever sent it for a new one.")


class NudgedEnough(DomainError):
    """Urging is counted, so it is limited."""

    code = "nudged_enough"
    status = 429
    title = _("It has been urged a moment ago")
    message = _("The responsible body has been told. Please wait a while before urging again.")


class NothingToUrge(DomainError):
    """Only what somebody is working on can be urged."""

    code = "nothing_to_urge"
    title = _("There is nothing to urge")
    message = _("Nobody is working on this task right now: it is “%(now)s”.")


class BodyRetired(DomainError):
    """A retired body takes on nothing new."""

    code = "body_retired"
    title = _("This body is no longer in use")
    message = _("%(body)s takes on no new task.")
    hint = _("Choose another responsible body.")


class BodyStillWorks(DomainError):
    """A body with unfinished tasks is not retired."""

    code = "body_still_works"
    title = _("This body still has tasks")
    message = _("Unfinished tasks of %(body)s: %(count)s.")
    hint = _("Finish them or hand them to another body first.")

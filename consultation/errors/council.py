"""Rules of the four seats and of the council that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class SeatTaken(DomainError):
    """One body at a time fills a party's seat."""

    code = "seat_taken"
    title = _("The seat is arranged for that time already")
    message = _("From %(day)s on there is an arrangement for “%(party)s” already.")
    hint = _("Choose a later first day.")


class SitsAlready(DomainError):
    """One deliberator sits for one party at a time."""

    code = "sits_already"
    title = _("Already on the council in that time")
    message = _("%(name)s has a term on the council in that time.")
    hint = _("End that term first, or choose a later first day.")


class PostDoesNotFit(DomainError):
    """Deliberators come from five kinds of people (五类议事员), each for the party they belong to."""

    code = "post_does_not_fit"
    title = _("This person cannot sit for this party")
    message = _("For “%(party)s” sit: %(posts)s. %(name)s holds none of these posts.")
    hint = _("Choose somebody who holds one of these posts.")

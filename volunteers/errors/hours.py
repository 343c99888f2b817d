"""Rules of the ledger of hours that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class TooManyHours(DomainError):
    """A day has 24 hours, and nobody serves less than none."""

    code = "too_many_hours"
    title = _("A day has 24 hours")
    message = _("%(name)s would have %(hours)s hours on %(day)s. Nothing was written down.")
    hint = _("Look at what is written down for that day already, and put in less.")


class HoursInFuture(DomainError):
    """Hours are of what has been."""

    code = "hours_in_future"
    title = _("That has not happened yet")
    message = _("%(name)s cannot have served longer than from half an hour before the beginning until now.")
    hint = _("Put in less, or wait until it is over.")


class ConsentTakenBack(DomainError):
    """Of whoever took their consent back, nothing new is written down."""

    code = "consent_taken_back"
    title = _("They do not want this kept")
    message = _("%(name)s took back their consent; nothing new is written down about them.")
    hint = _("If they want to help again, enrol them anew with their consent.")


class OwnHours(DomainError):
    """Nobody approves or corrects hours of their own."""

    code = "own_hours"
    status = 403
    title = _("These are your own hours")
    message = _("Somebody else approves and corrects them: who leads the association, or the branch.")


class ApprovedAlready(DomainError):
    """Hours are approved once."""

    code = "hours_approved_already"
    title = _("These hours are approved already")
    message = _("Somebody was faster. There is nothing left to do.")


class DisputeOpen(DomainError):
    """What the volunteer disputes is answered before it is approved."""

    code = "dispute_open"
    title = _("The volunteer says it is wrong")
    message = _("They wrote: %(words)s")
    hint = _("Answer that first, with the right time or with the reason why it stays.")


class DisputedAlready(DomainError):
    """One line is disputed once."""

    code = "disputed_already"
    title = _("You have said already that it is wrong")
    message = _("What you wrote is kept with the line, and the answer too.")
    hint = _("If you still do not agree, speak with the branch.")


class NotDisputed(DomainError):
    """Only a dispute that is open takes an answer."""

    code = "not_disputed"
    title = _("There is nothing to answer")
    message = _("Nobody disputes this line, or it has its answer already.")


class NothingToCorrect(DomainError):
    """A line against another changes something."""

    code = "nothing_to_correct"
    title = _("That is what stands there already")
    message = _("The line counts %(minutes)s minutes as it is.")


class CorrectTheFirst(DomainError):
    """What is corrected is the line itself, not a line against it."""

    code = "correct_the_first"
    title = _("This line corrects another one")
    message = _("Correct the line that it belongs to.")

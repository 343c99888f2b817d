"""Rules of step 5 that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class RatingClosed(DomainError):
    """Ratings are given while the matter is being evaluated."""

    code = "rating_closed"
    title = _("Rating is not open")
    message = _("This matter is at “%(now)s”. It is rated after the work is done, until it is closed.")


class NotPosted(DomainError):
    """A public matter is closed after its result was posted."""

    code = "not_posted"
    title = _("The result is not posted yet")
    message = _("Neighbours must be able to read what was done before the matter is closed.")
    hint = _("Post the result first; then the matter can be closed.")


class Dissatisfied(DomainError):
    """A counted low rating is answered before closing."""

    code = "dissatisfied"
    title = _("Somebody is not satisfied")
    message = _("Households that gave fewer than 3 points: %(count)s. The branch answers that before closing.")
    hint = _("Take it up again or say why not; or talk with them: a rating can be changed until closing.")


class OutcomeNotHere(DomainError):
    """Solved is what was handled; other outcomes end a matter earlier."""

    code = "outcome_not_here"
    title = _("This outcome does not fit")
    message = _("“%(outcome)s” can only be said after the work was done and looked at.")
    hint = _("Choose another outcome, or have the work looked at first.")


class NoVoice(DomainError):
    """A rating counts only with a voice, and for a household."""

    code = "no_voice"
    title = _("There is no voice to rate with")
    message = _("A rating counts for a household that stands behind the matter.")
    hint = _("Add its voice to the matter first, with its door.")


class TooManyRatings(DomainError):
    """One link sent its rating again and again."""

    code = "too_many_ratings"
    status = 429
    title = _("That was a little too often")
    message = _("Your rating has been changed many times within the hour. What you gave before stays.")
    hint = _("Please come back in an hour.")

"""Rules of signing up for an activity that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class ActivityCancelled(DomainError):
    """Nothing happens at an activity that was cancelled."""

    code = "activity_cancelled"
    title = _("This activity was cancelled")
    message = _("“%(title)s” does not take place: %(why)s")
    hint = _("You need do nothing. Look whether another day suits you.")


class SignUpClosed(DomainError):
    """One signs up until sign-up closes."""

    code = "sign_up_closed"
    title = _("Sign-up is closed")
    message = _("One could sign up for “%(title)s” until %(until)s.")
    hint = _("Come by all the same: whoever takes attendance can let you in if there is room.")


class SignedUpAlready(DomainError):
    """Everybody signs up once for the same places."""

    code = "signed_up_already"
    title = _("This name is on the list already")
    message = _("Nobody takes two places. Nothing was changed.")
    hint = _("Use the code given at the first sign-up. If it is lost, ask the organisers.")


class NotAVolunteer(DomainError):
    """Volunteers' places are for those who are volunteers today."""

    code = "not_a_volunteer"
    title = _("These places are for volunteers")
    message = _("%(name)s is not among the volunteers, or has left them.")
    hint = _("A squad leader or the branch enrols volunteers. Residents' places are open to everybody.")


class ActivityBegun(DomainError):
    """One signs off before it begins."""

    code = "activity_begun"
    title = _("It has begun already")
    message = _("One can sign off until the activity begins.")
    hint = _("Whoever takes attendance writes down who came.")


class CameAlready(DomainError):
    """Whoever came cannot sign off any more."""

    code = "came_already"
    title = _("It is written down that they came")
    message = _("%(name)s is ticked as there.")
    hint = _("If that is a mistake, undo it on the attendance list.")


class TooManySignUps(DomainError):
    """One connection, or one activity, was signed up for again and again."""

    code = "too_many_places"
    status = 429
    title = _("Too many sign-ups at once")
    message = _("From here, or for this activity, too many have signed up within an hour.")
    hint = _("Please try again in an hour, or tell a steward: they can sign you up.")


class TooManyCodes(DomainError):
    """Codes are not there to be tried out."""

    code = "too_many_place_codes"
    status = 429
    title = _("Too many wrong codes")
    message = _("From here too many codes were tried within an hour.")
    hint = _("Please try again in an hour, or ask the organisers.")

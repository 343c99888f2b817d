"""Rules of taking attendance that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class TooEarly(DomainError):
    """Attendance begins half an hour before the activity."""

    code = "too_early"
    title = _("It is too early")
    message = _("Attendance of “%(title)s” can be taken from %(opens)s.")


class DoorShut(DomainError):
    """The code at the door works until the activity ends."""

    code = "door_shut"
    title = _("The activity is over")
    message = _("The code at the door worked until %(ends)s.")
    hint = _("If you were there, tell whoever took attendance.")


class AttendanceClosed(DomainError):
    """Once attendance is closed, hours stand in the ledger and are put right there."""

    code = "attendance_closed"
    title = _("Attendance is closed")
    message = _("Who came is settled, and the hours are written down.")
    hint = _("What is wrong is put right on the page of hours, by a line of its own.")


class AttendanceOpen(DomainError):
    """Attendance is closed once the activity has begun."""

    code = "attendance_not_begun"
    title = _("It has not begun yet")
    message = _("Attendance of “%(title)s” is closed after it has begun, at %(begins)s.")


class NoPlaceLeft(DomainError):
    """By the code at the door only free places are taken; somebody there may let in more."""

    code = "no_place_left"
    title = _("All places are taken")
    message = _("There is no free place, and you are not on the list of those who have one.")
    hint = _("Please speak with whoever takes attendance: they can let you in.")


class TooManyAtTheDoor(DomainError):
    """One phone ticks a few people, not a crowd."""

    code = "too_many_at_the_door"
    status = 429
    title = _("Too many tries from here")
    message = _("From this phone too many have signed in within an hour.")
    hint = _("Please tell whoever takes attendance: they tick you on their list.")

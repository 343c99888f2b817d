"""What the rules of activities, programmes, venues and partners are called when they are broken."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from volunteers.models import Activity


def see(activity: Activity) -> list[tuple[Any, Any]]:
    """The way on from a refusal: to the activity as it is now."""
    return [(_("See the activity"), reverse_lazy("activity", args=[activity.pk]))]


class ActivityNotPlanned(DomainError):
    """Only what is still planned is changed, moved or cancelled."""

    code = "activity_not_planned"
    title = _("This activity has moved on")
    message = _("It is “%(state)s” now. Nothing was changed.")
    hint = _("Somebody may have acted a moment ago.")


class ActivityOver(DomainError):
    """What is over is not moved: it is summed up, or cancelled because it did not take place."""

    code = "activity_over"
    title = _("This activity is over")
    message = _("It ended on %(day)s. Nothing was changed.")
    hint = _("Sum it up, or cancel it if it did not take place.")


class PeopleWereThere(DomainError):
    """Where somebody was ticked as there it took place, then; their hours may stand in the books."""

    code = "people_were_there"
    title = _("Somebody was there")
    message = _("At least one person is ticked as having come. Nothing was changed.")
    hint = _("Sum it up as it was; or, if the tick is a slip, take it back on the attendance list first.")


class ActivityNotBegun(DomainError):
    """Nothing is summed up before it begins."""

    code = "activity_not_begun"
    title = _("It has not begun yet")
    message = _("It begins on %(day)s. Only then can it be summed up.")


class VenueTaken(DomainError):
    """A venue serves one activity at a time."""

    code = "venue_taken"
    title = _("This place is taken at that time")
    message = _("“%(title)s” is at %(venue)s from %(begins)s to %(ends)s. Nothing was changed.")
    hint = _("Go back and choose another time or another place.")


class SlotThere(DomainError):
    """An activity has each kind of places once."""

    code = "slot_there"
    title = _("These places are there already")
    message = _("Places of that name for the same people are there; change how many there are.")


class NoSeries(DomainError):
    """Only a series that still goes on is stopped."""

    code = "no_series"
    title = _("This series has ended already")
    message = _("No further activity of it is planned by itself.")


class NameTaken(DomainError):
    """Programmes, venues and partners are told apart by their names."""

    code = "name_taken"
    title = _("This name is there already")
    message = _("Another one, perhaps no longer in use, has the name “%(name)s”. Nothing was changed.")

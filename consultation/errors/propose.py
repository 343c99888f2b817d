"""Rules of the branch's other ways with a matter: merge, split, hand out at once, move by hand, weigh."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class ListMovedMeanwhile(DomainError):
    """The place that somebody saw on the draft is not the place any more."""

    code = "list_moved_meanwhile"
    title = _("The draft has changed")
    message = _("“%(title)s” is now at place %(now)s; nothing was moved.")
    hint = _("Somebody may have acted a moment ago. Look at the draft and move it from there.")


class NoSuchPlace(DomainError):
    """The first cannot go up, the last cannot go down."""

    code = "no_such_place"
    title = _("There is no such place on the list")
    message = _("“%(title)s” is at place %(now)s of %(count)s.")
    hint = _("Choose a place from 1 to %(count)s.")


class MergedIntoItself(DomainError):
    """Two matters are two matters."""

    code = "merged_into_itself"
    title = _("This is the same matter")
    message = _("Choose the other matter, the one that goes on.")


class OtherIsClosed(DomainError):
    """Voices go to a matter that goes on."""

    code = "other_is_closed"
    title = _("The other matter is closed")
    message = _("“%(title)s” is closed, so nothing can be merged into it.")
    hint = _("Choose a matter that is open.")


class MoreOpen(DomainError):
    """Words never become readable for more people than they were told to."""

    code = "more_open"
    title = _("The other matter is open to more people")
    message = _("This matter is “%(here)s”, the other is “%(there)s”: words that were told here would be read there.")
    hint = _("Keep the two apart, or close this one.")


class VoicesOnOneSide(DomainError):
    """Each half of a split matter keeps somebody behind it."""

    code = "voices_on_one_side"
    title = _("Each matter needs a voice")
    message = _("Let at least one voice stay and at least one go along; a voice may stand behind both.")


class NotForDirect(DomainError):
    """Handed out without the four parties: what is simple and one body's own, or dangerous."""

    code = "not_for_direct"
    title = _("This is not handed out directly")
    message = _("Only what one body can do alone and simply, or what is dangerous, goes out without the four parties.")
    hint = _("Sort it first, or say what the danger is.")


class OwnersMoney(DomainError):
    """Civil Code article 278: what only the owners may decide is not handed out by the branch alone."""

    code = "owners_money"
    title = _("Only the owners may decide this")
    message = _("“%(category)s” falls under article 278, item %(item)s of the Civil Code.")
    hint = _("Only danger goes out at once: an emergency repair (article 281), reported to the next meeting.")


class ConfidentialStays(DomainError):
    """What is confidential is told to no body outside the branch."""

    code = "confidential_stays"
    title = _("A confidential matter is not handed out")
    message = _("“%(title)s” is confidential: whoever gets a task reads what it is about.")
    hint = _("Hand it to a mediator, or pass it upward.")


class BodyMissing(DomainError):
    """What is not ours is somebody's."""

    code = "body_missing"
    title = _("Whose is it?")
    message = _("Say to whom this matter belongs, so that residents know where to go.")


class SettingsChangedMeanwhile(DomainError):
    """Somebody changed the settings after this form was opened."""

    code = "settings_changed_meanwhile"
    title = _("Somebody has just changed the settings")
    message = _("They were changed while you were filling in the form; yours are not kept.")
    hint = _("Look at them first, then change what you still want to change.")

    def __init__(self) -> None:
        super().__init__(actions=[(_("See the settings"), reverse_lazy("settings_weights"))])

"""What the rules of notices are called when they are broken."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from notices.models import Notice


def see(notice: Notice) -> list[tuple[Any, Any]]:
    """The way on from a refusal: to the notice as it is now."""
    return [(_("See the notice"), reverse_lazy("notice", args=[notice.pk]))]


class NoticeMoved(DomainError):
    """The notice is not in a state from which this can be done: somebody else was first, or it is too late."""

    code = "notice_not_in_state"
    title = _("This notice has moved on")
    message = _("It is “%(state)s” now. Nothing was changed.")
    hint = _("Somebody may have acted a moment ago.")


class NoticeFixed(DomainError):
    """Only a draft can be worded anew."""

    code = "notice_is_fixed"
    title = _("These words are fixed")
    message = _("Only a draft can be changed; this notice is “%(state)s”.")
    hint = _("An approved one can be sent back. In place of a published one, write a new one that replaces it.")


class SecondPersonNeeded(DomainError):
    """Whoever worded a notice does not approve it, unless they are the branch secretary."""

    code = "notice_needs_a_second_person"
    status = 403
    title = _("Somebody else has to look at it")
    message = _("You worded this notice yourself. Another member of the branch, or its secretary, approves it.")
    hint = _("It waits as it is: tell one of them.")


class PeriodOver(DomainError):
    """The last day passed before it was published."""

    code = "notice_period_over"
    title = _("Its time is over")
    message = _("This notice was to be up until %(day)s. Send it back and give it a later day.")


class ReplacedAlready(DomainError):
    """Another notice has taken the place of the old one, or is about to."""

    code = "notice_replaced_already"
    title = _("Another notice takes its place already")
    message = _("Only one notice can take another's place.")
    hint = _("Go on with that one, or withdraw it first.")

"""Rules of calling, cancelling and writing down a meeting that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class MeetingCancelled(DomainError):
    """Nothing happens at a meeting that was cancelled."""

    code = "meeting_cancelled"
    title = _("This meeting was cancelled")
    message = _("%(name)s cancelled it: %(reason)s")
    hint = _("Its matters are free for another meeting.")


class DecidedThere(DomainError):
    """A meeting that has decided something took place."""

    code = "decided_there"
    title = _("Something was decided at this meeting")
    message = _("“%(title)s” is decided already, so the meeting took place.")
    hint = _("Put off what is still open, and draw up the minutes.")


class NotProvisional(DomainError):
    """Only an item that waits for a party's written answer takes one."""

    code = "not_provisional"
    title = _("No written answer is waited for")
    message = _("This item does not wait for an answer of “%(party)s”.")
    hint = _("See on the item whose answer is still waited for.")


class NotTheirParty(DomainError):
    """A party answers in writing through somebody who sits on the council for it."""

    code = "not_their_party"
    title = _("Somebody else must answer for this party")
    message = _("%(name)s is no deliberator of “%(party)s” on that day.")
    hint = _("Choose somebody who sat on the council for this party on the day of the meeting.")


class TooManyHands(DomainError):
    """No more hands than people who sit."""

    code = "too_many_hands"
    title = _("More hands than people")
    message = _("%(hands)s hands were counted; %(people)s people sit for a party.")
    hint = _("Count again: only those who sit for a party raise a hand, each one once.")


class SignUpOver(DomainError):
    """One signs up for a meeting that is still to come."""

    code = "sign_up_over"
    title = _("Signing up for this meeting is over")
    message = _("It has begun, has been held, or was cancelled.")
    hint = _("Ask your building steward when the next meeting is.")


class TooManySignUps(DomainError):
    """One connection, or one meeting, was signed up for again and again."""

    code = "too_many_sign_ups"
    status = 429
    title = _("That was a little too often")
    message = _("Many people have signed up from here within the hour. Nothing was lost that was kept before.")
    hint = _("Please come back in an hour, or tell your building steward.")

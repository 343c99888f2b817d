"""Rules of step 3 that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class NothingToDiscuss(DomainError):
    """A meeting needs an agenda."""

    code = "nothing_to_discuss"
    title = _("A meeting needs at least one matter")
    message = _("Choose from the matters on the published list.")
    hint = _("Tick at least one; if none is there, the list has to be published first.")


class OnAgendaAlready(DomainError):
    """A matter waits for one decision at a time: on one agenda only, until its minutes are issued."""

    code = "on_agenda_already"
    title = _("This matter is on an agenda already")
    message = _("“%(title)s” is on the agenda of meeting no. %(number)s.")
    hint = _("Somebody may have convened that meeting a moment ago.")


class SeatNotFilled(DomainError):
    """Nobody sits for a party whose seat is vacant or not set up."""

    code = "seat_not_filled"
    title = _("Nobody can sit for this party")
    message = _("The seat of “%(party)s” is vacant or not set up on the day of the meeting.")
    hint = _("Arrange who fills the seat on the council's page, or sign them in without a seat.")


class NotOfThatParty(DomainError):
    """A seat is taken by its own people, or by who sits on the council for it."""

    code = "not_of_that_party"
    title = _("This person cannot sit for that party")
    message = _("%(name)s neither serves for “%(party)s” nor sits on the council for it.")
    hint = _("They may attend without a seat, and speak.")


class MeetingNotYet(DomainError):
    """Nobody signs in and nothing is decided before the day of the meeting."""

    code = "meeting_not_yet"
    title = _("This meeting is still to come")
    message = _("It is called for %(day)s.")
    hint = _("Signing in and deciding begin on that day.")


class NotOnCouncil(DomainError):
    """A deliberator signs in with one tap, for the party they sit for; others are invited by the branch."""

    code = "not_on_council"
    title = _("Not a deliberator on that day")
    message = _("%(name)s has no seat on the council on the day of the meeting.")
    hint = _("The branch can sign them in as somebody invited.")


class DecisionsRestOnIt(DomainError):
    """Who sat when something was agreed stays written down."""

    code = "decisions_rest_on_it"
    title = _("This sign-in stays")
    message = _("%(name)s was signed in when the parties agreed on something.")
    hint = _("Somebody with an interest of their own recuses from the matter in question.")


class SignedInAlready(DomainError):
    """One person sits for one party at one meeting."""

    code = "signed_in_already"
    title = _("Signed in already")
    message = _("%(name)s has signed in for “%(party)s”. One person sits for one party only.")
    hint = _("If that was wrong, take that sign-in back first.")


class MeetingIsOver(DomainError):
    """The minutes are drawn up; nobody signs in and nothing is decided any more."""

    code = "meeting_is_over"
    title = _("This meeting is over")
    message = _("Its minutes are drawn up. What is still open goes to the next meeting.")


class PartyAbsent(DomainError):
    """A decision needs enough people who have not recused on every seat that is not vacant."""

    code = "party_absent"
    title = _("Not all four parties are here")
    message = _("No decision is possible without: %(missing)s.")
    hint = _("Let them sign in, or defer the matter to the next meeting.")


class NoConsensus(DomainError):
    """Consensus means that no seat says no."""

    code = "no_consensus"
    title = _("There is no consensus")
    message = _("%(parties)s said no. Consensus means that no seat says no.")
    hint = _("Record “no consensus”, or defer the matter.")


class PromiseMissing(DomainError):
    """Consensus names who does what by when, at what cost, paid from where."""

    code = "promise_missing"
    title = _("Consensus needs a promise")
    message = _("Say who does it by when, what it costs and who pays.")


class DecidedAlready(DomainError):
    """One decision an item."""

    code = "decided_already"
    title = _("This item is decided already")
    message = _("%(name)s recorded: %(outcome)s.")
    hint = _("Somebody may have acted a moment ago.")


class OwnersVoteNeeded(DomainError):
    """Civil Code article 278: the council may not decide what only the owners may."""

    code = "owners_vote_needed"
    title = _("Only the owners may decide this")
    message = _("“%(category)s” falls under article 278, item %(item)s of the Civil Code.")
    hint = _("Defer it or pass it upward until the owners have voted.")

"""The rules of the five steps that can be broken, each with a stable code named after the rule."""

from typing import Any

from django.db.models import Model
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from consultation.models import Issue
from consultation.steps import Step


def leads_to(label: Any, row: Model) -> tuple[Any, Any]:
    """An action that opens a row's page. Commands and tasks know no addresses, so it is looked up when it is shown."""
    return label, lazy(row.get_absolute_url, str)()  # type: ignore[attr-defined]


class MoveNotAllowed(DomainError):
    """The diagram has no such move from where the matter is now, maybe since a moment ago."""

    code = "move_not_allowed"
    title = _("This matter has moved on")
    message = _("It is now at “%(now)s”, so “%(wanted)s” is not possible.")
    hint = _("Somebody may have acted a moment ago. Look at the matter and go on from there.")

    def __init__(self, issue: Issue, to: Step) -> None:
        super().__init__(
            now=Step(issue.step).label,
            wanted=to.label,
            actions=[leads_to(_("See the matter"), issue)],
        )


class NotAtStep(DomainError):
    """This belongs to a step that the matter is not at."""

    code = "not_at_step"
    title = _("This matter is at another step")
    message = _("It is now at “%(now)s”; this is done at “%(needed)s”.")
    hint = _("Somebody may have acted a moment ago. Look at the matter and go on from there.")

    def __init__(self, issue: Issue, needed: Step) -> None:
        super().__init__(
            now=Step(issue.step).label,
            needed=needed.label,
            actions=[leads_to(_("See the matter"), issue)],
        )


class VoiceAlready(DomainError):
    """One voice a person and matter."""

    code = "voice_already"
    title = _("This voice is counted already")
    message = _("%(name)s stands behind this matter already.")


class SortedMeanwhile(DomainError):
    """Somebody sorted the matter after this form was opened."""

    code = "sorted_meanwhile"
    title = _("Somebody has just sorted this matter")
    message = _("%(name)s gave it %(score)s points while you were filling in the form.")
    hint = _("Look at that sorting first; if you still disagree, sort again.")


class NotSorted(DomainError):
    """Only sorted matters go on a list."""

    code = "not_sorted"
    title = _("Sort it first")
    message = _("A matter goes on the list with its points, so it must be sorted.")


class ListIsPublished(DomainError):
    """A published edition never changes."""

    code = "list_is_published"
    title = _("This edition is published")
    message = _("A published list stays as it is. The next matters go on the next edition.")


class ListIsEmpty(DomainError):
    """An edition without matters is not published."""

    code = "list_is_empty"
    title = _("There is nothing on this list")
    message = _("Put at least one sorted matter on it.")


class NothingToDiscuss(DomainError):
    """A meeting needs an agenda."""

    code = "nothing_to_discuss"
    title = _("A meeting needs at least one matter")
    message = _("Choose from the matters on the published list.")


class ConfidentialMatter(DomainError):
    """What is confidential never goes on a list or before the council; it is mediated or passed upward."""

    code = "confidential_matter"
    title = _("A confidential matter is not discussed in a meeting")
    message = _("“%(title)s” is confidential.")
    hint = _("Hand it to a mediator, or pass it upward.")


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


class OwnersVoteNeeded(DomainError):
    """Civil Code article 278: the council may not decide what only the owners may."""

    code = "owners_vote_needed"
    title = _("Only the owners may decide this")
    message = _("“%(category)s” falls under article 278, item %(item)s of the Civil Code.")
    hint = _("Defer it or pass it upward until the owners have voted.")


class ItemsUndecided(DomainError):
    """Minutes say what became of each item."""

    code = "items_undecided"
    title = _("Some items are still open")
    message = _("Record what became of: %(items)s. Deferring counts.")


class SeatsNotConfirmed(DomainError):
    """Minutes are issued once every seat has answered, or three working days later."""

    code = "seats_not_confirmed"
    title = _("Not all parties have confirmed yet")
    message = _("Still without an answer: %(missing)s.")
    hint = _("From %(day)s on the branch may issue without them; the minutes will say so.")


class DidNotSit(DomainError):
    """A seat's answer to the minutes is given by somebody who sat on it."""

    code = "did_not_sit"
    title = _("Somebody else must answer for this seat")
    message = _("%(name)s did not sit for “%(party)s” at this meeting.")


class IssuedAlready(DomainError):
    """Issued minutes bind."""

    code = "issued_already"
    title = _("These minutes are issued")
    message = _("Their decisions bind; nothing in them changes any more.")


class NotThisState(DomainError):
    """An assignment goes through its states in order."""

    code = "assignment_state"
    title = _("This task has moved on")
    message = _("It is now “%(now)s”.")
    hint = _("Somebody may have acted a moment ago.")


class NotPublic(DomainError):
    """Only public matters are put up."""

    code = "not_public"
    title = _("This matter is not public")
    message = _("Only public matters are posted.")


class PostedAlready(DomainError):
    """One completion posting a matter's task."""

    code = "posted_already"
    title = _("It is posted already")
    message = _("The result hangs in public until %(day)s.")


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


class Dissatisfied(DomainError):
    """A counted low rating is answered before closing."""

    code = "dissatisfied"
    title = _("Somebody is not satisfied")
    message = _("%(count)s household(s) gave fewer than 3 points. The branch answers that before closing.")
    hint = _("Take the matter up again, or talk with them: a rating can be changed until closing.")


class OutcomeNotHere(DomainError):
    """Solved is what was handled; other outcomes end a matter earlier."""

    code = "outcome_not_here"
    title = _("This outcome does not fit")
    message = _("“%(outcome)s” can only be said after the work was done and looked at.")


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


class ReopenedTooLate(DomainError):
    """A closed matter is taken up again within a month; later it is a new one."""

    code = "reopened_too_late"
    title = _("This matter was closed too long ago")
    message = _("A closed matter can be taken up again within %(days)s days.")
    hint = _("Record it as a new matter.")

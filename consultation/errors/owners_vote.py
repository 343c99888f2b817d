"""Rules of the owners' vote that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class MoreThanThereIs(DomainError):
    """Nobody votes who is not an owner, and no square metre votes twice."""

    code = "more_than_there_is"
    title = _("More votes than there are")
    message = _("At most %(persons)s persons and %(area)s m² can take part, and only who takes part can agree.")
    hint = _("Compare the figures with the counting sheet.")


class CountedAlready(DomainError):
    """A vote has one result."""

    code = "counted_already"
    title = _("This vote is counted already")
    message = _("%(name)s entered the result: %(result)s.")


class VoteWithdrawn(DomainError):
    """A vote ends with the matter it is about, counted or not."""

    code = "vote_withdrawn"
    title = _("This vote is withdrawn")
    message = _("The matter went another way: %(why)s")
    hint = _("Ballots that are in already decide nothing. If the owners are to decide after all, submit it again.")


class BallotStillOpen(DomainError):
    """Votes are counted once the ballot has ended."""

    code = "ballot_still_open"
    title = _("The ballot is still open")
    message = _("Owners can vote until %(day)s. The result is entered from that day on.")

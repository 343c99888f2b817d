"""Rules of the quarterly scoring that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class ScoringNotOpen(DomainError):
    """Scores are taken from the day the round opens up to its last day."""

    code = "scoring_not_open"
    title = _("Scoring is over")
    message = _("Scores of this quarter were taken until its last day. Nothing can be added any more.")
    hint = _("The result is posted within a few days. The next scoring opens after the quarter.")


class NotAScorer(DomainError):
    """Who may score was drawn when the round opened."""

    code = "not_a_scorer"
    status = 403
    title = _("You are not among this quarter's scorers")
    message = _(
        "Party members, residents' representatives and volunteer leaders score: those who held such a post on the day "
        "on which the scoring opened."
    )
    hint = _("Whoever was appointed later scores in the next quarter.")


class ScoredAlready(DomainError):
    """Everybody scores once; since no sheet is kept, none can be changed."""

    code = "scored_already"
    title = _("You have scored already")
    message = _("Your sheet was counted and thrown away, so nobody can change it, you neither.")


class TookPaper(DomainError):
    """Whoever took a paper sheet scores on paper."""

    code = "took_paper"
    title = _("You took a paper sheet")
    message = _("It is written down that you score on paper. Whoever has paper cannot score on screen too.")
    hint = _("Give the empty sheet back to the branch; then you can score here.")


class SheetIncomplete(DomainError):
    """Every subject but oneself gets a value or an abstention."""

    code = "sheet_incomplete"
    title = _("Something is not answered yet")
    message = _("Every line needs a score, or “I would rather not say”; nobody scores themselves.")
    hint = _("Nothing was counted yet: go back to the sheet and fill in each line that is empty.")


class TalliesUnreadable(DomainError):
    """The counts cannot be opened with this installation's key, so nothing may be added or frozen."""

    code = "tallies_unreadable"
    title = _("The counts cannot be opened")
    message = _("They were sealed with another secret key than this installation has now.")
    hint = _("Add the earlier key to SECRET_KEY_FALLBACKS; nothing is lost until then.")


class ScoringLinkGone(DomainError):
    """A link scores once, and until its round is over."""

    code = "scoring_link_gone"
    status = 410
    title = _("This link does not work any more")
    message = _("It was used, or replaced by a newer one, or the scoring is over.")
    hint = _("Ask the branch if you have not scored yet.")


class TooManyTaps(DomainError):
    """One link was used again and again."""

    code = "too_many_taps"
    status = 429
    title = _("That was a little too often")
    message = _("This link was tapped many hundred times within the hour. Nothing was counted by that.")
    hint = _("Please come back in an hour.")


class PaperCodeUnknown(DomainError):
    """A sheet's code is one of this round's pile."""

    code = "paper_code_unknown"
    status = 404
    title = _("No sheet has this code")
    message = _("Look at the sheet again: the code is printed at its top. It must be of this quarter's pile.")


class PaperCountedAlready(DomainError):
    """A sheet counts once."""

    code = "paper_counted_already"
    title = _("This sheet is counted already")
    message = _("Two people have keyed it in and agreed. A code counts once.")
    hint = _("Put the sheet to those that are done.")


class KeyedByOneself(DomainError):
    """Two different people key a sheet in."""

    code = "keyed_by_oneself"
    title = _("Somebody else has to key this sheet in now")
    message = _("You have keyed it in already. It counts once a second person has keyed in the same.")


class MorePaperThanTaken(DomainError):
    """No more sheets count than scorers took."""

    code = "more_paper_than_taken"
    title = _("More sheets than were taken")
    message = _("%(taken)s scorers took paper, and as many sheets are counted already.")
    hint = _("Tick first who else took a sheet. If nobody did, this sheet must not count.")


class PaperIsCounted(DomainError):
    """A taken sheet can be given back while it is not among those counted."""

    code = "paper_is_counted"
    title = _("All sheets that were taken are counted")
    message = _("So this one was handed in as well and cannot have been given back empty.")


class NothingPosted(DomainError):
    """What was posted is corrected, until the award is given."""

    code = "nothing_posted"
    title = _("There is no posted result to correct")
    message = _("A result is corrected while it hangs; after the award it stands.")


class SameNumbers(DomainError):
    """A correction of numbers changes numbers."""

    code = "same_numbers"
    title = _("These are the numbers that stand")
    message = _("Nothing would be corrected.")


class NotSkipped(DomainError):
    """Only what was skipped is taken note of."""

    code = "not_skipped"
    title = _("This scoring is held")
    message = _("There is nothing to take note of.")

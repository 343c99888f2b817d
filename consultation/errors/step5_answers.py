"""Rules of reopenings, follow-ups, referrals, mediation, reports and corrections that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class ReopeningAnswered(DomainError):
    """A dissatisfied rating is answered once."""

    code = "reopening_answered"
    title = _("This rating has been answered")
    message = _("It is now: %(state)s.")
    hint = _("Somebody may have acted a moment ago, or the household changed its rating.")


class WithoutAHandler(DomainError):
    """Only what a body has handled before goes back to that body."""

    code = "without_a_handler"
    title = _("No body has handled this matter")
    message = _("It can only go back to the branch.")


class AskedAlready(DomainError):
    """A follow-up is asked once."""

    code = "asked_already"
    title = _("Somebody has asked already")
    message = _("%(name)s wrote down: %(outcome)s.")
    hint = _("Somebody may have acted a moment ago.")


class CarriedOnAlready(DomainError):
    """What was closed long ago goes on as one new matter at a time."""

    code = "carried_on_already"
    title = _("It goes on already")
    message = _("It came back before, and goes on as %(number)s.")
    hint = _("Look at that matter and go on from there.")


class NotClosedAnyMore(DomainError):
    """A follow-up belongs to a closed matter."""

    code = "not_closed_any_more"
    title = _("This matter is open again")
    message = _("One asks again after it is closed.")


class ReferralEnded(DomainError):
    """A referral has one answer."""

    code = "referral_ended"
    title = _("This question has been answered")
    message = _("%(answer)s")


class MediationGoesOn(DomainError):
    """One mediation at a time."""

    code = "mediation_goes_on"
    title = _("A mediator has this matter already")
    message = _("It is with %(mediator)s.")
    hint = _("Write down first how that ended; then it can go to another mediator.")


class MediationEnded(DomainError):
    """A mediation ends once."""

    code = "mediation_ended"
    title = _("This mediation has ended")
    message = _("Its outcome: %(outcome)s.")


class NotReportable(DomainError):
    """Only some kinds of matters must be reported."""

    code = "not_reportable"
    title = _("This matter needs no report")
    message = _("Matters of the kind “%(category)s” are not reported to an authority.")


class ReportedAlready(DomainError):
    """One report per matter."""

    code = "reported_already"
    title = _("This matter is reported already")
    message = _("%(name)s wrote down the report to %(to)s.")


class TitleGivesAway(DomainError):
    """What was confidential becomes readable for others under a new title only."""

    code = "title_gives_away"
    title = _("Give it another title first")
    message = _("The title of a confidential matter may name people. Others read it only under a new one.")


class NothingCorrected(DomainError):
    """A correction changes something."""

    code = "nothing_corrected"
    title = _("Nothing was changed")
    message = _("What you sent is what was there already.")


class TooManyOpenRatings(DomainError):
    """Open ratings are rate-limited, so that nobody drowns the others."""

    code = "too_many_open_ratings"
    status = 429
    title = _("That was a little too often")
    message = _("Many ratings came from your connection within the hour. This one was not kept.")
    hint = _("Please come back in an hour.")

"""Rules of honours that can be broken."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.errors import DomainError


class HonouredAlready(DomainError):
    """The same honour goes to the same person or household once a year."""

    code = "honoured_already"
    title = _("This honour is proposed for them already")
    message = _("%(name)s: %(kind)s, %(year)s. It is proposed, or was given, and once a year is enough.")


class NotForThem(DomainError):
    """An honour for households goes to a household, one for people to a person."""

    code = "honour_not_for_them"
    title = _("This honour is for others")
    message = _("“%(kind)s” is given to: %(given_to)s.")
    hint = _("Choose another honour for them.")


class ApprovesOwnProposal(DomainError):
    """Whoever proposed an honour, or would get it, does not approve it."""

    code = "approves_own_proposal"
    title = _("Somebody else has to approve this")
    message = _("%(name)s: you proposed it, or it would be yours. Nothing has been changed.")
    hint = _("What the branch secretary proposes is approved by the secretary of the general branch.")


class HonourMoved(DomainError):
    """Somebody else did something with it first."""

    code = "honour_moved"
    title = _("Somebody was here before you")
    message = _("%(name)s: this is %(state)s now. Nothing has been changed.")
    hint = _("Look at the list again.")


class NothingChosen(DomainError):
    """Approving, putting up and giving need somebody."""

    code = "nothing_chosen"
    status = 422
    title = _("Nobody is ticked")
    message = _("Go back and tick whom you mean.")


class NotAgreed(DomainError):
    """A person's name hangs in public only with their consent."""

    code = "honour_not_agreed"
    title = _("Ask them first")
    message = _("%(names)s: it is not written down that they agree to be named in public.")
    hint = _("Ask them, write it down on the honour's page, then put it up.")


class GivenTooEarly(DomainError):
    """What was put up is given once its time is over and no objection stands."""

    code = "honour_given_too_early"
    title = _("This cannot be given yet")
    message = _("%(name)s: %(why)s")
    hint = _("When nothing stands against it any more, it is given by itself in the night.")


class GivenIsNotDropped(DomainError):
    """What was given is withdrawn, with a reason; its number stays."""

    code = "given_honour_is_not_dropped"
    title = _("This honour has been given")
    message = _("%(name)s holds certificate %(number)s. It can be withdrawn, with a reason; its number stays.")


class NotGiven(DomainError):
    """Only what was given has a certificate, can be withdrawn, and is handed over."""

    code = "honour_not_given"
    title = _("This honour has not been given")
    message = _("%(name)s: this is %(state)s.")
    hint = _("Certificate, receipt and withdrawal follow the giving. What can be done now stands on the honour's page.")


class NoReward(DomainError):
    """What is received was named as a reward before."""

    code = "no_reward"
    title = _("No reward is written down")
    message = _("Write down first what the reward is.")


class RewardReceived(DomainError):
    """A signed receipt stands."""

    code = "reward_received"
    title = _("The reward was received")
    message = _("It was signed for on %(day)s; that stands.")


class HonourObjectionAnswered(DomainError):
    """An objection is answered once."""

    code = "honour_objection_answered"
    title = _("This objection is answered already")
    message = _("The answer was: %(answer)s")


class KindTaken(DomainError):
    """Two honours cannot have the same name."""

    code = "honour_kind_taken"
    title = _("This honour is there already")
    message = _("Another kind, perhaps one that is no longer given, has that name; nothing has been changed.")


class TooManyChecks(DomainError):
    """Certificates are checked without a login, so only so often from one place."""

    code = "too_many_checks"
    status = 429
    title = pgettext_lazy("tries", "That was a little too often")
    message = _("Too many certificates were checked from here within the hour. Please come back in an hour.")

"""Rules for what partners' systems bring in."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class NotItsOwn(DomainError):
    """A system corrects what it brought in, and nothing else."""

    code = "not_its_own"
    status = 403
    title = _("This matter came another way")
    message = _("A partner's system corrects only what it brought in itself.")
    hint = _("Write to the compound's branch: they can put right what came another way.")


class WithTheBranch(DomainError):
    """What the branch has dealt with is corrected by the branch."""

    code = "with_the_branch"
    title = _("The branch has it now")
    message = _("It was listed, discussed or handed out with these words. The branch can still correct them.")


class HandlesNotFor(DomainError):
    """A system takes over tasks of the kinds of bodies that its grant names."""

    code = "handles_not_for_this_body"
    status = 403
    title = _("This task is somebody else's")
    message = _("The grant does not name %(body)s.")
    hint = _("Only the bodies named in the grant are yours to act for. The district can widen the grant.")


class TooMuchData(DomainError):
    """Open data is for everybody, so nobody takes all of the machine for it."""

    code = "too_much_data"
    status = 429
    title = _("That was a little too often")
    message = _("What hangs on the board was fetched many times from your connection within the hour.")
    hint = _("Please come back in an hour. It changes a few times a day.")

"""Rules of step 4 that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


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
    hint = _("Tell those concerned yourselves, or let the branch change first who may see it.")


class PostedAlready(DomainError):
    """One completion posting a matter's task."""

    code = "posted_already"
    title = _("It is posted already")
    message = _("The result hangs in public until %(day)s.")

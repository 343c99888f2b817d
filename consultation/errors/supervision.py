"""The rules of demanding an answer from above."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class NotAboutThis(DomainError):
    """Closed matters, and what became confidential, are not supervised."""

    code = "not_supervised"
    title = _("No answer can be demanded about this matter")
    message = _("It is closed, or has become confidential since.")
    hint = _("A closed matter is taken up again by the branch.")


class DemandedAlready(DomainError):
    """One office has one open demand about one matter."""

    code = "supervised_already"
    title = _("There is an open demand about this matter already")
    message = _("One demand of an office about a matter is open at a time.")
    hint = _("Settle the earlier one, or follow it up.")


class SupervisionEnded(DomainError):
    """The branch has answered, or the office has settled it, a moment ago."""

    code = "supervision_ended"
    title = _("This demand is not waiting any more")
    message = _("It was answered or settled a moment ago.")


class NotYourOffice(DomainError):
    """What is put to a higher office is not answered by a lower one, and a lower one settles nothing of a higher."""

    code = "not_your_office"
    status = 403
    title = _("This is for another office")
    message = _("It was put to, or comes from, an office above yours.")
    hint = _("Tell that office.")

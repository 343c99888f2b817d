"""Rules of objections that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class ObjectionAnswered(DomainError):
    """An objection is answered once."""

    code = "objection_answered"
    title = _("This objection is answered already")
    message = _("The answer is: %(answer)s")
    hint = _("Somebody may have acted a moment ago.")


class ObjectionOpen(DomainError):
    """A matter is closed once every objection is answered."""

    code = "objection_open"
    title = _("An objection waits for its answer")
    message = _("Answer it first; then the matter can be closed.")
    hint = _("The branch answers it, within three working days, and says whether it is right.")

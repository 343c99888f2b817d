"""Rules of the care list that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class CaredForAlready(DomainError):
    """A household is looked in on once at a time."""

    code = "cared_for_already"
    title = _("This household is on the care list already")
    message = _("Somebody looks in there already, in a rhythm of their own.")
    hint = _("Change who looks in, or how often, in the entry that is there.")


class CareEnded(DomainError):
    """What has ended is not gone on with; consent is given anew."""

    code = "care_ended"
    title = _("This has ended")
    message = _("The household is not looked in on any more, or the consent was taken back.")
    hint = _("If they agree again, begin anew.")

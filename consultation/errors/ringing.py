"""Rules of ringing people up that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class NoNumberToRing(DomainError):
    """Whoever agrees to be rung has a number."""

    code = "no_number_to_ring"
    title = _("A phone number is missing")
    message = _("Nobody knows the number at which %(name)s may be called.")
    hint = _("Ask for it and write it down.")


class OtherNumberKnown(DomainError):
    """A number that is known is corrected by the branch, not beside a matter."""

    code = "other_number_known"
    title = _("Another number is known")
    message = _("For %(name)s another number was written down before.")
    hint = _("Leave the field empty to use that one, or ask the branch to correct it.")


class NotToBeRung(DomainError):
    """Only who agreed is rung, and only while the work is unfinished."""

    code = "not_to_be_rung"
    title = _("This number cannot be shown")
    message = _("They have not agreed to be called, have taken it back, or the work is finished.")
    hint = _("If you have to reach them, ask the branch.")

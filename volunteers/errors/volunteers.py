"""Rules about volunteers' own entries that can be broken."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.errors import DomainError


class ConsentWithdrawn(DomainError):
    """Nothing is done with the entry of somebody who took their consent back."""

    code = "consent_withdrawn"
    title = _("This entry is closed")
    message = _("The volunteer has taken back their consent, so nothing of theirs is shown or asked any more.")
    hint = _("If they want to help again, enrol them anew with their consent.")


class NoSuchPerson(DomainError):
    """An erased entry, or the letter box, is nobody who could volunteer."""

    code = "no_such_person"
    title = _("This entry is nobody any more")
    message = _("The entry was erased, so nobody can be enrolled by it.")
    hint = _("Is it somebody who lives here? Write them down anew, then enrol them.")


class HelperLinkGone(DomainError):
    """A personal link that was called back, or never was."""

    code = "helper_link_gone"
    status = 410
    title = _("This link does not work")
    message = _("The personal link was called back, or a newer one has taken its place.")
    hint = _("Ask your squad's leader or the branch for a new one.")


class TooManyHelperTries(DomainError):
    """One link, tried again and again."""

    code = "too_many_helper_tries"
    status = 429
    title = pgettext_lazy("tries", "That was a little too often")
    message = _("This link was used very often within an hour.")
    hint = _("Please come back in an hour.")

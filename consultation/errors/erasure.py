"""Rules of erasing a person that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class StillServes(DomainError):
    """Who holds a post, today or later, is not erased."""

    code = "still_serves"
    title = _("%(name)s still holds a post")
    message = _("%(posts)s. Whoever serves must be known by name.")
    hint = _("End the term first; from the day after it the entry can be erased.")


class ErasedAlready(DomainError):
    """An entry is erased once."""

    code = "erased_already"
    title = _("This entry has been erased already")
    message = _("Nothing personal is left in it.")

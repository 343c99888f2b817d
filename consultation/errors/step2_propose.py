"""Rules of step 2 that can be broken."""

from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError


class SortedMeanwhile(DomainError):
    """Somebody sorted the matter after this form was opened."""

    code = "sorted_meanwhile"
    title = _("Somebody has just sorted this matter")
    message = _("%(name)s gave it %(score)s points while you were filling in the form.")
    hint = _("Look at that sorting first; if you still disagree, sort again.")


class NotSorted(DomainError):
    """Only sorted matters go on a list."""

    code = "not_sorted"
    title = _("Sort it first")
    message = _("A matter goes on the list with its points, so it must be sorted.")
    hint = _("Sort it on its own page, then put it on the list.")


class ListIsPublished(DomainError):
    """A published edition never changes."""

    code = "list_is_published"
    title = _("This edition is published")
    message = _("A published list stays as it is. The next matters go on the next edition.")


class ListIsEmpty(DomainError):
    """An edition without matters is not published."""

    code = "list_is_empty"
    title = _("There is nothing on this list")
    message = _("Put at least one sorted matter on it.")


class ConfidentialMatter(DomainError):
    """What is confidential never goes on a list or before the council; it is mediated or passed upward."""

    code = "confidential_matter"
    title = _("A confidential matter is not discussed in a meeting")
    message = _("“%(title)s” is confidential.")
    hint = _("Hand it to a mediator, or pass it upward.")

"""The rules of moving a matter."""

from typing import Any

from django.db.models import Model
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from consultation.models import Issue
from consultation.steps import Step


def leads_to(label: Any, row: Model) -> tuple[Any, Any]:
    """An action that opens a row's page. Commands and tasks know no addresses, so it is looked up when it is shown."""
    return label, lazy(row.get_absolute_url, str)()  # type: ignore[attr-defined]


class MoveNotAllowed(DomainError):
    """The diagram has no such move from where the matter is now, maybe since a moment ago."""

    code = "move_not_allowed"
    title = _("This matter has moved on")
    message = _("It is now at “%(now)s”, so “%(wanted)s” is not possible.")
    hint = _("Somebody may have acted a moment ago. Look at the matter and go on from there.")

    def __init__(self, issue: Issue, to: Step) -> None:
        super().__init__(
            now=Step(issue.step).label,
            wanted=to.label,
            actions=[leads_to(_("See the matter"), issue)],
        )


class NotAtStep(DomainError):
    """This belongs to a step that the matter is not at."""

    code = "not_at_step"
    title = _("This matter is at another step")
    message = _("It is now at “%(now)s”; this is done at “%(needed)s”.")
    hint = _("Somebody may have acted a moment ago. Look at the matter and go on from there.")

    def __init__(self, issue: Issue, needed: Step) -> None:
        super().__init__(
            now=Step(issue.step).label,
            needed=needed.label,
            actions=[leads_to(_("See the matter"), issue)],
        )


class ReopenedTooLate(DomainError):
    """A closed matter is taken up again within a month; later it is a new one."""

    code = "reopened_too_late"
    title = _("This matter was closed too long ago")
    message = _("A closed matter can be taken up again within %(days)s days.")
    hint = _("Record it as a new matter.")

"""The rules of moving a matter."""

from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from consultation.models import Issue
from consultation.steps import Step


def leads_to(label: Any, row: Model) -> tuple[Any, Any]:
    """An action that opens a row's page. Commands and tasks know no addresses, so it is looked up when it is shown."""
    return label, lazy(row.get_absolute_url, str)()  # type: ignore[attr-defined]


def _as_it_stands(issue: Issue) -> dict[str, Any]:
    """Where the matter is, and who brought it there when."""
    last = issue.records.select_related("moved_by").last()
    return {
        "now": Step(issue.step).label,
        "name": last.who if last else "–",
        "at": date_format(localtime(last.at), "DATETIME_FORMAT") if last else "–",
        "actions": [leads_to(_("See the matter"), issue)],
    }


class MoveNotAllowed(DomainError):
    """The diagram has no such move from where the matter is now, maybe since a moment ago."""

    code = "move_not_allowed"
    title = _("This matter has moved on")
    message = _("It is at “%(now)s”: %(name)s brought it there, %(at)s. So “%(wanted)s” is not possible now.")
    hint = _("Look at the matter and go on from there.")

    def __init__(self, issue: Issue, to: Step) -> None:
        super().__init__(wanted=to.label, **_as_it_stands(issue))


class NotAtStep(DomainError):
    """This belongs to a step that the matter is not at."""

    code = "not_at_step"
    title = _("This matter is at another step")
    message = _("It is at “%(now)s”: %(name)s brought it there, %(at)s. This is done at “%(needed)s”.")
    hint = _("Look at the matter and go on from there.")

    def __init__(self, issue: Issue, needed: Step) -> None:
        super().__init__(needed=needed.label, **_as_it_stands(issue))


class ReopenedTooLate(DomainError):
    """A closed matter is taken up again within a month; later it is a new one."""

    code = "reopened_too_late"
    title = _("This matter was closed too long ago")
    message = _("A closed matter can be taken up again within %(days)s days.")
    hint = _("It goes on as a new matter that names it.")

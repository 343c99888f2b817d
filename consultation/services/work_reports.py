"""What a handler reports about a task, as rows that stay: progress on the way, and the work done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.photos import intake
from compounds.photos.intake import Picture
from consultation.errors import NotThisState, leads_to
from consultation.models import Assignment, AssignmentReport, AssignmentState, HandlerLink, ReportKind
from consultation.services import telling


@dataclass(frozen=True)
class Handler:
    """Somebody without an account who reports through a link, under the name that they gave."""

    link: HandlerLink
    name: str


def answerable(by: Person | Handler) -> Person:
    """The member who answers for a report: who gave it, or who sent the link."""
    return by.link.made_by if isinstance(by, Handler) else by


@transaction.atomic
def progress(
    assignment: Assignment, *, text: str, photos: Iterable[Picture] = (), by: Person | Handler
) -> AssignmentReport:
    """How far the work is. Raises NotThisState unless it is being done."""
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if assignment.state != AssignmentState.ACCEPTED:
        now = AssignmentState(assignment.state).label
        raise NotThisState(now=now, actions=[leads_to(_("See the task"), assignment)])
    touch("assignments")
    telling.reported(assignment)
    return write(assignment, ReportKind.PROGRESS, text=text, photos=photos, at=timezone.now(), by=by)


def write(
    assignment: Assignment,
    kind: ReportKind,
    *,
    text: str,
    photos: Iterable[Picture],
    at: datetime,
    by: Person | Handler,
) -> AssignmentReport:
    """Add the row, with its photos. Call it inside the transaction that holds the task's lock."""
    handler = by if isinstance(by, Handler) else None
    return AssignmentReport.objects.create(
        assignment=assignment,
        kind=kind,
        text=text,
        photos=[intake.keep(photo).pk for photo in photos],
        at=at,
        by=None if isinstance(by, Handler) else by,
        link=handler.link if handler else None,
        handler_name=handler.name if handler else "",
    )

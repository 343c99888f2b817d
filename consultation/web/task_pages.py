"""What a task's page shows of its way: photos before and after, reports, returns, urging, the handler's link."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compounds.organisation.models import Person
from compounds.organisation.policies import allows
from consultation.models import Assignment, AssignmentReport, AssignmentState, HandlerLink, Verification
from consultation.services import handler_links
from consultation.services.nudges import URGEABLE
from consultation.services.returns import RETURNABLE


@dataclass(frozen=True)
class Shot:
    """One photo as ``kernel/photos.html`` shows it."""

    url: str
    thumb_url: str
    alt: str
    caption: str = ""


def missing(task: Assignment) -> Verification | None:
    """What was found on the spot not to be done yet, while somebody is still at it."""
    if task.state not in {AssignmentState.HANDED_OUT, AssignmentState.ACCEPTED}:
        return None
    return task.verifications.filter(passed=False).last()


def life(task: Assignment, person: Person | None) -> dict[str, Any]:
    """Costs the same number of queries however much has happened."""
    reports = list(task.reports.select_related("by"))
    nudges = list(task.nudges.select_related("by"))
    return {
        "reports": [(report, _report_photos(task, report)) for report in reversed(reports)],
        "returns": task.returns.select_related("by", "body", "answered_by"),
        "nudges": nudges,
        "nudges_from_board": sum(nudge.by_id is None for nudge in nudges),
        "missing": missing(task),
        "before": _before(task),
        "after": [shot for report in reports for shot in _report_photos(task, report)],
        "may_progress": task.state == AssignmentState.ACCEPTED and allows("assignment.progress", person, task),
        "may_return": task.state in RETURNABLE and allows("assignment.return", person, task),
        "may_nudge": task.state in URGEABLE and allows("assignment.nudge", person),
        **_link(task, person),
    }


def _link(task: Assignment, person: Person | None) -> dict[str, Any]:
    """The handler's link is shown to those who may send one, with everything that was done through it."""
    if not allows("assignment.send_link", person, task):
        return {"sends_link": False}
    link = HandlerLink.objects.filter(assignment=task).select_related("made_by").prefetch_related("uses").first()
    why_not = ""
    if task.state != AssignmentState.ACCEPTED:
        why_not = "" if link else _("Once the task is accepted.")
    elif not handler_links.can_be_asked(task.body):
        why_not = _("First the branch enters the phone of %(body)s: its last digits open the link.") % {
            "body": task.body
        }
    return {
        "sends_link": True,
        "may_send_link": task.state == AssignmentState.ACCEPTED and not why_not,
        "link_why_not": why_not,
        "link": link,
        "link_state": link.state(timezone.now()) if link else "",
    }


def _before(task: Assignment) -> list[Shot]:
    """Photos of the matter that were there before this task was handed out."""
    rows = task.issue.photos.filter(created_at__lt=task.created_at)
    number = task.issue.number
    return [
        Shot(
            reverse("issue_photo", args=[number, row.photo_id, "medium"]),
            reverse("issue_photo", args=[number, row.photo_id, "small"]),
            _("%(title)s, how it was") % {"title": task.issue.title},
        )
        for row in rows
    ]


def _report_photos(task: Assignment, report: AssignmentReport) -> list[Shot]:
    return [
        Shot(
            reverse("report_photo", args=[task.pk, key, "medium"]),
            reverse("report_photo", args=[task.pk, key, "small"]),
            _("%(title)s, how it is now") % {"title": task.issue.title},
        )
        for key in report.photos
    ]

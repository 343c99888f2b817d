"""How far one task is: handed out, accepted, reported done, verified, posted; and who does what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.organisation.policies import allows
from consultation.models import Assignment, AssignmentState, Openness


@dataclass(frozen=True)
class Stage:
    """One stage of a task. A reached one says when and by whom; a coming one says who will do it."""

    label: str | Promise
    state: str
    at: datetime | None = None
    who: str | Promise = ""


@dataclass(frozen=True)
class Doing:
    """The one thing to be done with a task now. ``why_not`` is empty for the one who may do it."""

    label: str | Promise
    explained: str | Promise
    url: str
    post: bool
    why_not: str | Promise


def stages(task: Assignment) -> list[Stage]:
    """The five stages in their order. Reads the task's verifications and posting."""
    passed = next((look for look in task.verifications.all() if look.passed), None)
    posting = task.completion_posting
    body = {"body": task.body}
    reached = [
        Stage(_("Handed out"), "done", task.created_at, task.body.name),
        _stage(_("Accepted"), task.accepted_at, task.accepted_by, _("by %(body)s") % body),
        _stage(_("Reported done"), task.reported_at, task.reported_by, _("by %(body)s, with photos") % body),
        _stage(
            _("Verified on the spot"),
            passed.created_at if passed else None,
            passed.by if passed else None,
            _("by a building steward or the branch, with a photo"),
        ),
    ]
    if task.issue.openness == Openness.PUBLIC:
        at, by = (posting.created_at, posting.posted_by) if posting else (None, None)
        reached.append(_stage(_("Result posted"), at, by, _("by the branch, at every entrance")))
    return reached


def doing(task: Assignment, person: Person | None) -> Doing | None:
    """What is to be done now, for this person or with the reason why not; None when nothing is left."""
    by_body = _("%(body)s does this.") % {"body": task.body}
    match task.state:
        case AssignmentState.HANDED_OUT:
            explained = _("Take the task over, so that neighbours know that somebody is on it.")
            return _offer(task, person, _("Accept the task"), explained, "assignment_accept", by_body)
        case AssignmentState.ACCEPTED:
            explained = _("Once the work is done, say what was done and add photos.")
            return _offer(task, person, _("Report it done"), explained, "assignment_report", by_body)
        case AssignmentState.DONE:
            who = _("A building steward or the branch does this.")
            explained = _("Go there, look, and take a photo.")
            return _offer(task, person, _("Verify on the spot"), explained, "assignment_verify", who)
    if task.completion_posting_id or task.issue.openness != Openness.PUBLIC:
        return None
    explained = _("Tell the neighbours what was done: notice board, WeChat group, every entrance.")
    return _offer(task, person, _("Post the result"), explained, "assignment_post", _("The branch does this."))


_ACTIONS = {
    "assignment_accept": "assignment.accept",
    "assignment_report": "assignment.report",
    "assignment_verify": "assignment.verify",
    "assignment_post": "issue.post",
}


def _offer(task: Assignment, person: Person | None, label: Any, explained: Any, name: str, who: Any) -> Doing:
    allowed = allows(_ACTIONS[name], person, task)
    return Doing(label, explained, reverse(name, args=[task.pk]), name == "assignment_accept", "" if allowed else who)


def _stage(label: Any, at: datetime | None, by: Person | None, coming: Any) -> Stage:
    return Stage(label, "done", at, by.name if by else "") if at else Stage(label, "", None, coming)

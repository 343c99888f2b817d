"""How far one task is: handed out, accepted, reported done, verified, posted; and who does what comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.organisation.policies import allows
from consultation.models import Assignment, AssignmentState, Openness, Urgency
from consultation.policies import people_of_body


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


@dataclass(frozen=True)
class _Next:
    """What follows a state: the words for it, the address, the action asked at the door, and whose it is.

    ``waits`` is read by those who only look on, ``stands_in`` by the branch where the body has nobody here.
    """

    label: Any
    explained: Any
    url_name: str
    action: str
    whose: Any
    waits: Any
    stands_in: Any = ""


_BEFORE_THE_REPORT = frozenset({AssignmentState.HANDED_OUT, AssignmentState.ACCEPTED})
_BY_BODY = _("%(body)s does this.")
_NEXT: dict[str, _Next] = {
    AssignmentState.HANDED_OUT: _Next(
        _("Accept the task"),
        _("Take the task over, so that neighbours know that somebody is on it."),
        "assignment_accept",
        "assignment.accept",
        _BY_BODY,
        _("%(body)s has still to take the task over."),
        _("Ask %(body)s. Once they agree, accept the task for them."),
    ),
    AssignmentState.ACCEPTED: _Next(
        _("Report it done"),
        _("Once the work is done, say what was done and add photos."),
        "assignment_report",
        "assignment.report",
        _BY_BODY,
        _("%(body)s is on it, and reports when it is done."),
        _("Keep in touch with %(body)s. Once the work is done, report it for them, with photos."),
    ),
    AssignmentState.DONE: _Next(
        _("Verify on the spot"),
        _("Go there, look, and take a photo."),
        "assignment_verify",
        "assignment.verify",
        _("A building steward or the branch does this."),
        _("It is reported done. Somebody has still to go there and look."),
    ),
    AssignmentState.RETURNED: _Next(
        _("Decide what becomes of it"),
        _("The body gave it back. Hand it out again, or let the matter go back."),
        "assignment_decide_return",
        "assignment.decide_return",
        _("The branch does this."),
        _("The body gave it back. The branch has still to decide."),
    ),
    AssignmentState.VERIFIED: _Next(
        _("Post the result"),
        _("Tell the neighbours what was done: notice board, WeChat group, every entrance."),
        "assignment_post",
        "issue.post",
        _("The branch does this."),
        _("The work is verified. The branch has still to post the result."),
    ),
}


def work_begins(task: Assignment, today: date) -> str:
    """When the work on what was agreed begins, while that is still to be said: after the agreement has hung its time,
    unless it is urgent (domain: Posting). Empty where nothing hangs any more, or where the work is under way."""
    posting = task.result_posting
    if posting is None or posting.ends_on < today or task.state not in _BEFORE_THE_REPORT:
        return ""
    latest = task.issue.proposals.first()
    if latest and latest.urgency == Urgency.URGENT:
        return str(_("at once, because it is urgent"))
    day = date_format(posting.ends_on, "DATE_FORMAT")
    return str(_("after %(day)s, once the agreement has hung its time") % {"day": day})


def doing(task: Assignment, person: Person | None) -> Doing | None:
    """What is to be done now, for this person or with the reason why not; None when nothing is left."""
    if task.state == AssignmentState.WITHDRAWN:
        return None
    if task.completion_posting_id or (
        task.state == AssignmentState.VERIFIED and task.issue.openness != Openness.PUBLIC
    ):
        return None
    coming, may = _NEXT[task.state], allows(_NEXT[task.state].action, person, task)
    explained = coming.waits
    if may:
        explained = coming.stands_in if coming.stands_in and not people_of_body(task.body) else coming.explained
    return Doing(
        coming.label,
        explained % {"body": task.body},
        reverse(coming.url_name, args=[task.pk]),
        post=coming.url_name == "assignment_accept",
        why_not="" if may else coming.whose % {"body": task.body},
    )


def _stage(label: Any, at: datetime | None, by: Person | None, coming: Any) -> Stage:
    return Stage(label, "done", at, by.name if by else "") if at else Stage(label, "", None, coming)

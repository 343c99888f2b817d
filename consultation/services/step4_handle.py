"""Step 4: the responsible body takes the task over and reports it done; somebody looks; the branch posts it."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from compounds.photos import intake
from compounds.photos.intake import Picture
from consultation.errors import NotPublic, NotThisState, PostedAlready, leads_to
from consultation.models import Assignment, AssignmentState, Decision, Issue, Openness, ReportKind, Verification
from consultation.services import flow, telling, work_reports
from consultation.services.work_reports import Handler, answerable
from consultation.steps import Step
from notices import postings
from notices.models import Posting, PostingKind


@transaction.atomic
def assign(decision: Decision, *, by: Person) -> Assignment:
    """Hand out what was agreed, and post the agreement of a public matter. Raises MoveNotAllowed."""
    issue, body, due_on = decision.item.issue, decision.body, decision.due_on
    if body is None or due_on is None:
        raise ValueError("only consensus is handed out")
    flow.advance(issue, Step.HANDLE, body=body, due_on=due_on, by=by)
    posting = None
    if issue.openness == Openness.PUBLIC:
        posting = postings.put_up(
            PostingKind.RESULT, title=issue.title, text=decision.text, today=timezone.localdate(), by=by
        )
    touch("assignments")
    return telling.hand_out(
        issue, decision=decision, body=body, task=decision.text, due_on=due_on, result_posting=posting
    )


@transaction.atomic
def accept(assignment: Assignment, *, by: Person) -> Assignment:
    """The body takes the task over (签收). Raises NotThisState."""
    assignment = _locked(assignment, AssignmentState.HANDED_OUT)
    assignment.state = AssignmentState.ACCEPTED
    assignment.accepted_at, assignment.accepted_by = timezone.now(), by
    assignment.save(update_fields=["state", "accepted_at", "accepted_by", "updated_at"])
    telling.changed(assignment)
    touch("assignments")
    return assignment


@transaction.atomic
def report_done(
    assignment: Assignment,
    *,
    report: str,
    photos: Iterable[Picture] = (),
    by: Person | Handler,
) -> Assignment:
    """The body says that it is done, with photos of the matter now. Raises NotThisState."""
    # The matter before its task, as everywhere: at the end its photos hold the matter's row too.
    Issue.objects.select_for_update(of=("self",)).get(pk=assignment.issue_id)
    assignment = _locked(assignment, AssignmentState.ACCEPTED)
    assignment.state = AssignmentState.DONE
    assignment.report = report
    assignment.reported_at = timezone.now()
    assignment.reported_by = None if isinstance(by, Handler) else by
    assignment.save(update_fields=["state", "report", "reported_at", "reported_by", "updated_at"])
    row = work_reports.write(assignment, ReportKind.DONE, text=report, photos=photos, at=assignment.reported_at, by=by)
    for taken in row.photos:
        assignment.issue.photos.create(photo_id=taken, added_by=answerable(by))
    telling.changed(assignment)
    touch("assignments")
    return assignment


@transaction.atomic
def verify(assignment: Assignment, *, passed: bool, note: str, photo: Picture, by: Person) -> Verification:
    """Somebody looked on the spot. Once every task of the matter has passed, it goes on to evaluation.

    What did not pass goes back to the body; its report stays as a row. Raises NotThisState.
    """
    # The matter before its task: of two tasks verified at once, the second must see that the first has passed.
    Issue.objects.select_for_update(of=("self",)).get(pk=assignment.issue_id)
    assignment = _locked(assignment, AssignmentState.DONE)
    row = Verification.objects.create(assignment=assignment, passed=passed, note=note, photo=intake.keep(photo), by=by)
    if passed:
        assignment.state = AssignmentState.VERIFIED
    else:
        assignment.state, assignment.reported_at, assignment.reported_by = AssignmentState.ACCEPTED, None, None
    assignment.save(update_fields=["state", "reported_at", "reported_by", "updated_at"])
    telling.changed(assignment)
    if passed and not assignment.issue.assignments.unfinished().exists():
        flow.advance(assignment.issue, Step.EVALUATE, by=by)
    touch("assignments")
    return row


@transaction.atomic
def post_completion(assignment: Assignment, *, text: str, by: Person) -> Posting:
    """Put up what was done. Raises NotThisState, NotPublic, PostedAlready."""
    assignment = _locked(assignment, AssignmentState.VERIFIED)
    require_postable(assignment)
    posting = postings.put_up(
        PostingKind.COMPLETION, title=assignment.issue.title, text=text, today=timezone.localdate(), by=by
    )
    assignment.completion_posting = posting
    assignment.save(update_fields=["completion_posting", "updated_at"])
    touch("assignments")
    return posting


def require_postable(assignment: Assignment) -> None:
    """Raise NotThisState, NotPublic or PostedAlready unless the result can be put up now."""
    require_state(assignment, AssignmentState.VERIFIED)
    issue: Issue = assignment.issue
    if issue.openness != Openness.PUBLIC:
        raise NotPublic(actions=[leads_to(_("See the matter"), issue)])
    if posting := assignment.completion_posting:
        see = (_("See the posting"), reverse_lazy("posting", args=[posting.pk]))
        raise PostedAlready(day=date_format(posting.ends_on), actions=[see])


def require_state(assignment: Assignment, needed: AssignmentState) -> None:
    """Raise NotThisState unless the task is at ``needed``."""
    if assignment.state != needed:
        raise NotThisState(
            now=AssignmentState(assignment.state).label, actions=[leads_to(_("See the task"), assignment)]
        )


def _locked(assignment: Assignment, needed: AssignmentState) -> Assignment:
    # Nothing is joined in: after a wait for the lock PostgreSQL reads this row afresh, but not what was joined to it.
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    require_state(assignment, needed)
    return assignment

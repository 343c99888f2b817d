"""What the branch settles without the four parties: asking back, going round again, handing out at once, closing."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Household, Person
from compounds.oversight.outbox import touch
from consultation.errors import ConfidentialStays, NotForDirect, OwnersMoney, leads_to
from consultation.models import Assignment, Issue, ListEntry, Openness, ResponsibleBody, Route, Visit, VisitOutcome
from consultation.services import flow, step1_visit, telling
from consultation.steps import Step


@transaction.atomic
def ask_back(issue: Issue, *, question: str, by: Person) -> Issue:
    """Return a matter to where it came from, with a question. Raises NotAtStep."""
    issue = flow.locked(issue, Step.PROPOSE)
    _off_the_draft(issue)
    return flow.advance(issue, Step.VISIT, note=question, by=by)


@transaction.atomic
def visit_again(
    issue: Issue, *, household: Household, outcome: VisitOutcome, visited_on: date, note: str, by: Person
) -> Visit:
    """The branch went to a household again about this matter, before it proposes. Raises NotAtStep."""
    issue = flow.locked(issue, Step.PROPOSE)
    return step1_visit.visit(household, outcome=outcome, on=visited_on, note=note, issue=issue, by=by)


@transaction.atomic
def hand_out(
    issue: Issue, *, body: ResponsibleBody, task: str, due_on: date, danger: bool, reason: str, by: Person
) -> Assignment:
    """Hand a matter to a body without a meeting: simple and one body's own, or dangerous.

    What is dangerous is done first and reported to the next meeting among the earlier promises (先处置后补议).
    Raises NotAtStep, ConfidentialStays, NotForDirect, OwnersMoney.
    """
    issue = flow.locked(issue, Step.PROPOSE)
    require_tellable(issue)
    if not danger:
        require_simple(issue)
    _off_the_draft(issue)
    flow.advance(issue, Step.HANDLE, body=body, due_on=due_on, note=reason, by=by)
    touch("assignments")
    return telling.hand_out(issue, body=body, task=task, due_on=due_on, danger=danger)


def require_tellable(issue: Issue) -> None:
    """Raise ConfidentialStays for what no body outside the branch may read."""
    if issue.openness == Openness.CONFIDENTIAL:
        raise ConfidentialStays(title=issue.title, actions=[leads_to(_("See the matter"), issue)])


def require_simple(issue: Issue) -> None:
    """Raise OwnersMoney or NotForDirect unless the branch may hand this out without danger."""
    see = [leads_to(_("See the matter"), issue)]
    if item := issue.category.owners_vote_item:
        raise OwnersMoney(category=issue.category, item=item, actions=see)
    proposal = issue.proposals.first()
    if proposal is None or proposal.route != Route.DIRECT:
        raise NotForDirect(actions=see)


def question_of(issue: Issue) -> str:
    """What the branch asked when it last returned this matter; empty once it was handed over again."""
    if issue.step != Step.VISIT:
        return ""
    last = issue.records.order_by("-at", "-pk").first()
    return last.note if last and last.from_step == Step.PROPOSE else ""


def _off_the_draft(issue: Issue) -> None:
    ListEntry.objects.filter(issue=issue, issue_list__published_at=None).delete()

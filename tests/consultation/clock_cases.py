"""Matters with clocks, from outside and late, as their tests begin with them."""

from datetime import date

from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from consultation.models import BodyKind, Category, Escalation, Issue, OutsideDeadline
from consultation.services import escalation, flow, outside
from consultation.steps import Step
from tests.consultation.days import at, on
from tests.consultation.handling import secretary
from tests.factories import BodyFactory, IssueFactory, PersonFactory

GAS = "燃气泄漏"


def a_category(name: str = "电梯设备") -> Category:
    return Category.objects.get(name=name)


def ordered(issue: Issue, *, contact: str | None = None, answer: str, number: str = "12345-1") -> OutsideDeadline:
    return outside.record(
        issue,
        source="hotline",
        order_number=number,
        contact_by=at(contact) if contact else None,
        answer_by=at(answer),
        by=secretary(),
    )


def fresh(issue: Issue) -> Issue:
    return Issue.objects.with_hold().get(pk=issue.pk)


def a_lead_and_a_steward() -> tuple[Person, Person]:
    lead = PersonFactory(name="邻长", posts=[PostKind.NEIGHBOUR_LEAD])
    steward = PersonFactory(name="楼栋长")
    building = lead.serving[0].unit.parent
    steward.posts.create(unit=building, kind=PostKind.BUILDING_STEWARD, starts_on=date(2020, 1, 1))
    return lead, steward


def handled(*, supervisor: str = "", kind: str = BodyKind.PROPERTY_COMPANY, **facts: object) -> Issue:
    """A matter promised for Monday, 9 March 2026."""
    body = BodyFactory(kind=kind, supervisor=supervisor)
    issue = IssueFactory(step=Step.PROPOSE, **facts)
    return flow.advance(issue, Step.HANDLE, body=body, due_on=date(2026, 3, 9), by=secretary())


def run(moment: str) -> None:
    with on(moment):
        escalation.run(timezone.now())


def levels(issue: Issue) -> list[str]:
    return list(Escalation.objects.filter(issue=issue).values_list("level", flat=True))

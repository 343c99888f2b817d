"""What comes next for a matter, and who may do it. What this person cannot do is shown with the reason, not hidden."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.words import listed
from compounds.organisation.models import Level, Person, PostKind, post_title
from compounds.organisation.policies import BRANCH, RULES, allows, who_may
from consultation.models import (
    AgendaItem,
    Assignment,
    AssignmentState,
    DecisionOutcome,
    Issue,
    Openness,
    Outcome,
    Proposal,
    Route,
)
from consultation.policies import people_of_body
from consultation.steps import Step
from notices.models import Objection

_CLOSE = pgettext_lazy("matter", "Close")


@dataclass(frozen=True)
class NextAction:
    """One thing that can be done with a matter now. ``post`` ones act at once, others lead to a page."""

    label: str | Promise
    url: str
    allowed: bool
    who: str
    main: bool = False
    post: bool = False
    confirm: str | Promise = ""
    # Shown folded away, below what is done every day.
    more: bool = False


def next_actions(issue: Issue, person: Person | None) -> list[NextAction]:
    """The main action first."""
    return _Offer(issue, person).actions()


class _Offer:
    def __init__(self, issue: Issue, person: Person | None) -> None:
        self.issue, self.person = issue, person

    def actions(self) -> list[NextAction]:
        by_step = {
            Step.VISIT: self._visit,
            Step.PROPOSE: self._propose,
            Step.MEET: self._meet,
            Step.HANDLE: self._handle,
            Step.EVALUATE: self._evaluate,
            Step.REFERRED: self._referred,
            Step.CLOSED: self._closed,
        }
        first = [*self._report(), *self._supervisions(), *self._objections()]
        steps = by_step[Step(self.issue.step)]()
        if first and first[0].allowed:
            # What presses comes before the step's own: one main button, and not one that would be refused.
            return [replace(first[0], main=True), *first[1:], *(replace(action, main=False) for action in steps)]
        return [*first, *steps]

    def _objections(self) -> list[NextAction]:
        told = self.issue.assignments.values_list("result_posting", "completion_posting")
        postings = {posting for pair in told for posting in pair if posting}
        if not postings:
            return []
        waiting = Objection.objects.open().filter(posting__in=postings)
        return [self._one(_("Answer an objection"), row.get_absolute_url(), "objection.answer") for row in waiting]

    def _one(self, label: Any, url: str, action: str, subject: Any = None, **how: Any) -> NextAction:
        who = _whose(subject) if subject and RULES[action].mine else who_may(action)
        return NextAction(label, url, allows(action, self.person, subject), who, **how)

    def _url(self, name: str) -> str:
        return reverse(name, args=[self.issue.number])

    def _close(self) -> NextAction:
        return self._one(_CLOSE, self._url("issue_close"), "issue.close")

    def _refer(self) -> NextAction:
        return self._one(_("Pass it upward"), self._url("issue_refer"), "issue.refer")

    def _report(self) -> list[NextAction]:
        """Before everything else, what the law wants to be told."""
        if not Issue.objects.unreported().filter(pk=self.issue.pk).exists():
            return []
        return [self._one(_("Write down that it was reported"), self._url("issue_report"), "issue.report")]

    def _supervisions(self) -> list[NextAction]:
        rows = self.issue.supervisions.waiting()
        return [self._one(_("Answer the office above"), row.get_absolute_url(), "supervision.answer") for row in rows]

    def _visit(self) -> list[NextAction]:
        if hasattr(self.issue, "report") and self.issue.report.completed_at is None:
            url = self._url("report_complete")
            return [self._one(_("Complete the report"), url, "report.complete", self.issue, main=True), self._close()]
        hand_over = self._one(
            _("Hand over to the branch"),
            self._url("issue_hand_over"),
            "issue.hand_over",
            self.issue,
            main=True,
            post=True,
        )
        return [hand_over, self._close()]

    def _propose(self) -> list[NextAction]:
        proposal = self.issue.proposals.first()
        sort = self._url("proposal")
        if self.issue.category.emergency_numbers and self.issue.openness != Openness.CONFIDENTIAL:
            # Danger does not wait for sorting (domain: Moves).
            hand_out = self._one(_("Hand out at once"), self._url("issue_hand_out"), "issue.hand_out", main=True)
            return _each_once([hand_out, self._one(_("Sort it"), sort, "issue.propose"), *self._other_ways()])
        if proposal is None:
            return [self._one(_("Sort it"), sort, "issue.propose", main=True), *self._mediate(), *self._other_ways()]
        return _each_once([*self._sorted(proposal, sort), *self._mediate(), *self._other_ways()])

    def _sorted(self, proposal: Proposal, sort: str) -> list[NextAction]:
        again = self._one(_("Sort again"), sort, "issue.propose")
        draft = self.issue.list_entries.filter(issue_list__published_at=None).select_related("issue_list").first()
        if draft:
            look = self._one(
                _("See and publish the list"), draft.issue_list.get_absolute_url(), "list.publish", main=True
            )
            return [look, again]
        if self.issue.openness == Openness.CONFIDENTIAL:
            # Never on a list; a mediator or somebody above talks with those concerned.
            return [*self._mediate(main=True), self._refer(), again]
        direct = proposal.route == Route.DIRECT
        listing = self._one(_("Put on the issue list"), self._url("listing"), "issue.list", main=not direct, post=True)
        if not direct:
            return [listing, again]
        hand_out = self._one(_("Hand out directly"), self._url("issue_hand_out"), "issue.hand_out", main=True)
        return [hand_out, listing, again]

    def _mediate(self, *, main: bool = False) -> list[NextAction]:
        if self.issue.openness != Openness.CONFIDENTIAL:
            return []
        return [self._one(_("Mediation"), self._url("mediation"), "issue.mediate", main=main)]

    def _other_ways(self) -> list[NextAction]:
        """What the branch does less often; sorting and listing come first."""
        ways = [
            (_("Return with a question"), "issue_ask_back", "issue.ask_back"),
            (_("Go to a household again"), "issue_visit_again", "issue.visit_again"),
            (_("Hand out in danger"), "issue_hand_out", "issue.hand_out"),
            (_("Merge into another"), "issue_merge", "issue.combine"),
            (_("Split in two"), "issue_split", "issue.combine"),
        ]
        found = [
            self._one(label, self._url(name), action, more=True)
            for label, name, action in ways
            if action != "issue.hand_out" or self.issue.openness != Openness.CONFIDENTIAL
        ]
        return [self._close(), self._refer(), *found]

    def _meet(self) -> list[NextAction]:
        item = (
            AgendaItem.objects.filter(issue=self.issue)
            .select_related("meeting__minutes", "decision__owners_vote")
            .order_by("-pk")
            .first()
        )
        decision = getattr(item, "decision", None)
        if item and decision is None and not hasattr(item.meeting, "minutes") and item.meeting.cancelled_at is None:
            label = _("To the meeting's item")
            return [self._one(label, item.get_absolute_url(), "meeting.run", main=True)]
        if item and decision and decision.outcome == DecisionOutcome.CONSENSUS:
            if hasattr(item.meeting, "minutes"):
                url = reverse("minutes", args=[item.meeting.number])
                return [self._one(_("Confirm and issue the minutes"), url, "minutes.confirm", main=True)]
            label = _("To the meeting, whose minutes are to be drawn up")
            return [self._one(label, item.meeting.get_absolute_url(), "minutes.draw_up", main=True)]
        if item and decision and decision.outcome == DecisionOutcome.PROVISIONAL:
            consent = reverse("consent", args=[item.meeting.number, item.position])
            return [
                self._one(_("Write down the answer of the party that stayed away"), consent, "meeting.run", main=True)
            ]
        if item and decision and decision.outcome == DecisionOutcome.OWNERS_VOTE and not decision.owners_vote.result:
            url = decision.owners_vote.get_absolute_url()
            return [self._one(_("To the owners' vote"), url, "vote.count", main=True), self._refer(), self._close()]
        convene = self._one(_("Convene a meeting"), reverse("meeting_new"), "meeting.convene", main=True)
        return [convene, self._refer(), self._close()]

    def _handle(self) -> list[NextAction]:
        labels = {
            AssignmentState.HANDED_OUT: (_("Accept the task"), "assignment.accept"),
            AssignmentState.ACCEPTED: (_("Report it done"), "assignment.report"),
            AssignmentState.DONE: (_("Verify on the spot"), "assignment.verify"),
            AssignmentState.RETURNED: (_("Decide about the returned task"), "assignment.decide_return"),
        }
        found: list[NextAction] = []
        for task in Assignment.objects.filter(issue=self.issue).unfinished().select_related("body"):
            label, action = labels[AssignmentState(task.state)]
            subject = task if action in {"assignment.accept", "assignment.report"} else None
            found.append(self._one(label, task.get_absolute_url(), action, subject, main=not found))
        return [*found, self._refer()]

    def _closed(self) -> list[NextAction]:
        """Within a month the matter itself, later a new one that names it. What was merged goes on elsewhere."""
        if self.issue.outcome == Outcome.DUPLICATE:
            return []
        return [self._one(_("Take it up again"), self._url("issue_take_up"), "issue.take_up_again")]

    def _evaluate(self) -> list[NextAction]:
        found = [
            self._one(_("Post the result"), task.get_absolute_url(), "issue.post", main=n == 0)
            for n, task in enumerate(Assignment.objects.standing().filter(issue=self.issue, completion_posting=None))
            if self.issue.openness == Openness.PUBLIC
        ]
        low = [
            self._one(_("Answer a low rating"), row.get_absolute_url(), "reopening.answer", main=n == 0 and not found)
            for n, row in enumerate(self.issue.reopenings.waiting())
        ]
        close = self._one(_CLOSE, self._url("issue_close"), "issue.close", main=not found and not low)
        again = self._one(_("Take it up again"), self._url("issue_take_up"), "issue.take_up_again")
        return [*found, *low, self._rating(), close, again]

    def _rating(self) -> NextAction:
        if allows("issue.rate", self.person, self.issue):
            return self._one(_("Say what you think"), self._url("rate_at_door"), "issue.rate", self.issue)
        return self._one(_("Record a rating"), self._url("rate_at_door"), "issue.rate_at_door")

    def _referred(self) -> list[NextAction]:
        again = self._one(_("Take it up again"), self._url("issue_take_up"), "issue.take_up_again")
        if not self.issue.referrals.waiting().exists():
            return [self._close(), again]
        answer = self._one(_("Enter the answer"), self._url("referral_answer"), "referral.answer", main=True)
        return [answer, again, self._close()]


def _whose(subject: Issue | Assignment) -> str:
    """Who holds this very matter, or handles this very task: a post alone does not give the right to it."""
    if isinstance(subject, Assignment):
        post = people_of_body(subject.body)
        return str(post_title(post)) if post else listed(post_title(kind) for kind in PostKind if kind in BRANCH)
    unit = [str(subject.owner_unit)] if subject.owner_unit and subject.owner_unit.level != Level.BRANCH else []
    return listed([str(_("whoever wrote it down")), *unit, str(_("the branch"))])


def _each_once(actions: list[NextAction]) -> list[NextAction]:
    """What is offered first is not offered again among the other ways."""
    first: dict[str, NextAction] = {}
    for action in actions:
        first.setdefault(action.url, action)
    return list(first.values())

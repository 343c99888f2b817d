"""What waits for one person today: theirs first, the latest first. Rows only; the page says it in a sentence."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person, Post, PostKind
from compounds.organisation.policies import BRANCH, allows
from consultation import care_list, escalation_day, helped, honour_day, posting_day, scoring_day, volunteer_day
from consultation.models import (
    Assignment,
    AssignmentState,
    FollowUp,
    Hold,
    Issue,
    Meeting,
    Minutes,
    Referral,
    Reopening,
    StepRecord,
    Supervision,
    Verification,
)
from consultation.models.must_report import due_at
from consultation.models.step3_meet import SEATED
from consultation.policies import ON_THE_SPOT, OWNING, bodies_of
from consultation.steps import FIVE, Step
from consultation.waiting import Waiting
from notices.models import Objection
from notices.publishing.day import waiting_for as notices_waiting_for


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """Everything that waits for this person; what is late comes first, what has no date last."""
    found = [*_own_issues(person), *_reviews(person, today), *_tasks(person), *_to_verify(person), *_minutes(person)]
    found += [*_for_the_branch(person), *_reports(person), *_reopenings(person), *_follow_ups(person, today)]
    found += [*_referrals(person, today), *_supervisions(person)]
    found += _notices(person)
    found += [*escalation_day.waiting_for(person), *scoring_day.waiting_for(person, today)]
    found += [*_helped(person), *posting_day.waiting_for(person, today), *care_list.waiting_for(person, today)]
    found += [*honour_day.waiting_for(person, today), *volunteer_day.waiting_for(person, timezone.now())]
    return sorted(found, key=lambda w: (not w.first, w.due_on or date.max, w.title))


def open_by_step(person: Person | None) -> dict[str, int]:
    """How many of the matters that this person may know of stand at each of the five steps."""
    rows = Issue.objects.visible_to(person).filter(step__in=FIVE).order_by().values("step").annotate(n=Count("pk"))
    return {row["step"]: row["n"] for row in rows}


def next_meeting(today: date) -> Meeting | None:
    """The next meeting whose minutes are not drawn up, from today on."""
    return Meeting.objects.ahead().filter(starts_at__date__gte=today).order_by("starts_at").first()


_WHAT = {
    Step.VISIT: _("ask further, or hand over to the branch"),
    Step.PROPOSE: _("to be sorted and listed"),
    Step.MEET: _("to be discussed, agreed and put into minutes"),
    Step.EVALUATE: _("to be posted, rated and closed"),
    Step.REFERRED: _("waits for an answer from above"),
}


def _own_issues(person: Person) -> list[Waiting]:
    units = [post.unit_id for post in person.serving if post.kind in OWNING]
    running = Q(pk__in=Issue.objects.not_on_hold().values("pk")) | Q(due_outside=True)
    owned = Issue.objects.visible_to(person).open().filter(running, owner_unit__in=units)
    # A question that waits for its answer is named as such below.
    owned = owned.exclude(pk__in=Referral.objects.waiting().values("issue")).select_related("report")
    mine = list(owned.order_by("due_on")[:100])
    asked = _questions(issue for issue in mine if issue.step == Step.VISIT)
    return [
        Waiting(
            issue.title,
            asked.get(issue.pk) or _what(issue),
            issue.get_absolute_url(),
            issue.due_on,
            issue.due_provisional,
            due_at=issue.due_at,
        )
        for issue in mine
    ]


def _what(issue: Issue) -> Any:
    if issue.step == Step.VISIT and hasattr(issue, "report") and issue.report.completed_at is None:
        return _("sent by a resident's QR code: find out who and which door")
    return _WHAT[Step(issue.step)]


def _questions(issues: Iterable[Issue]) -> dict[int, str]:
    """What the branch asked about those that it returned, by key of the matter."""
    records = StepRecord.objects.filter(issue__in=list(issues)).order_by("at", "pk")
    latest = {record.issue_id: record for record in records}
    return {
        key: _("the branch asks: %(question)s") % {"question": record.note}
        for key, record in latest.items()
        if record.from_step == Step.PROPOSE and record.note
    }


def _helped(person: Person) -> list[Waiting]:
    """A neighbour helped, or nobody was found: the branch says what becomes of the matter."""
    if not BRANCH & person.kinds:
        return []
    return [
        Waiting(issue.title, what, issue.get_absolute_url(), issue.due_on, issue.due_provisional)
        for issue, what in helped.settled_for_the_branch()
    ]


def _reviews(person: Person, today: date) -> list[Waiting]:
    """What is on hold and to be looked at again; the branch does."""
    if not BRANCH & person.kinds:
        return []
    holds = Hold.objects.active().filter(review_on__lte=today).select_related("issue").order_by("review_on")[:100]
    return [
        Waiting(
            hold.issue.title,
            _("on hold, to be looked at again: %(question)s") % {"question": hold.question},
            hold.issue.get_absolute_url(),
            hold.review_on,
            hold.review_provisional,
        )
        for hold in holds
    ]


def unsorted(person: Person) -> int | None:
    """How many matters lie unsorted in the branch's inbox; None for those who do not sort."""
    if not BRANCH & person.kinds:
        return None
    return Issue.objects.filter(step=Step.PROPOSE, proposals__isnull=True).count()


def _tasks(person: Person) -> list[Waiting]:
    what = {AssignmentState.HANDED_OUT: _("to be accepted"), AssignmentState.ACCEPTED: _("to be done and reported")}
    found_wanting = Exists(Verification.objects.filter(assignment=OuterRef("pk"), passed=False))
    tasks = Assignment.objects.filter(body__in=bodies_of(person), state__in=list(what)).select_related("issue")
    return [
        Waiting(
            t.issue.title,
            _("looked at and not done yet: put it right") if t.anew else what[AssignmentState(t.state)],
            t.get_absolute_url(),
            t.due_on,
        )
        for t in tasks.annotate(anew=found_wanting)
    ]


def _to_verify(person: Person) -> list[Waiting]:
    """Reported done: the building's steward goes and looks; without building or steward, the branch does."""
    if not ON_THE_SPOT & person.kinds:
        return []
    units = [post.unit_id for post in person.serving]
    near = Q(issue__building__unit__in=units)
    if BRANCH & person.kinds:
        stewards = Post.objects.serving(timezone.localdate()).filter(kind=PostKind.BUILDING_STEWARD)
        near |= Q(issue__building__isnull=True) | ~Q(issue__building__unit__in=stewards.values("unit"))
    tasks = Assignment.objects.filter(near, state=AssignmentState.DONE).select_related("issue")
    return [Waiting(t.issue.title, _("to be verified on the spot"), t.get_absolute_url(), t.due_on) for t in tasks]


def _for_the_branch(person: Person) -> list[Waiting]:
    """Returned tasks to decide about, and objections to answer within three working days."""
    if not BRANCH & person.kinds:
        return []
    returned = Assignment.objects.filter(state=AssignmentState.RETURNED).select_related("issue")
    objections = Objection.objects.open().select_related("posting")
    decide, answer = _("given back, to be decided"), _("an objection to be answered")
    return [
        *(Waiting(t.issue.title, decide, t.get_absolute_url(), t.due_on) for t in returned),
        *(Waiting(o.posting.title, answer, o.get_absolute_url(), o.due_on, o.due_provisional) for o in objections),
    ]


def _minutes(person: Person) -> list[Waiting]:
    """Minutes that this person's seat has not answered, or that the branch is to issue."""
    waiting = Minutes.objects.waiting().select_related("meeting")
    sat_for = dict(
        person.attendances.filter(meeting__minutes__in=waiting, kind__in=SEATED).values_list("meeting", "party")
    )
    found = []
    for minutes in waiting.prefetch_related("confirmations"):
        url = reverse("minutes", args=[minutes.meeting.number])
        answered = {confirmation.party for confirmation in minutes.confirmations.all()}
        party = sat_for.get(minutes.meeting_id)
        if party and party not in answered:
            found.append(Waiting(str(minutes), _("to be confirmed for your party"), url))
        elif BRANCH & person.kinds:
            found.append(Waiting(str(minutes), _("to be issued by the branch"), url))
    return found


def _reports(person: Person) -> list[Waiting]:
    """What must be reported to an authority and was not yet."""
    if not allows("issue.report", person):
        return []
    issues = Issue.objects.visible_to(person).unreported().select_related("category")
    what = _("must be reported to an authority")
    return [
        Waiting(i.title, what, reverse("issue_report", args=[i.number]), timezone.localdate(due_at(i)), first=True)
        for i in issues
    ]


def _reopenings(person: Person) -> list[Waiting]:
    """Dissatisfied ratings that the branch is to answer."""
    if not allows("reopening.answer", person):
        return []
    rows = Reopening.objects.visible_to(person).waiting().select_related("issue")
    what = _("a dissatisfied rating to be answered")
    return [Waiting(r.issue.title, what, r.get_absolute_url(), r.due_on, r.due_provisional) for r in rows]


def _follow_ups(person: Person, today: date) -> list[Waiting]:
    """Closed a month ago: the building's steward asks again; where no building is named, the branch does."""
    if not allows("follow_up.record", person):
        return []
    near = Q(issue__building__unit__in=[post.unit_id for post in person.serving])
    if BRANCH & person.kinds:
        near |= Q(issue__building__isnull=True)
    rows = FollowUp.objects.visible_to(person).due(today).filter(near).select_related("issue")
    return [Waiting(r.issue.title, _("ask whether it is still fine"), r.get_absolute_url(), r.due_on) for r in rows]


def _referrals(person: Person, today: date) -> list[Waiting]:
    """Questions passed upward: the general branch's people see them all, the branch those whose answer is late."""
    may_answer = allows("referral.answer", person)
    rows = Referral.objects.waiting().filter(issue__in=Issue.objects.visible_to(person))
    if not _GENERAL_BRANCH & person.kinds:
        if not may_answer:
            return []
        rows = rows.overdue(today)
    return [
        Waiting(
            row.issue.title,
            _("waits for an answer from %(whom)s") % {"whom": row.to},
            reverse("referral_answer" if may_answer else "issue", args=[row.issue.number]),
            row.answer_due_on,
            row.answer_due_provisional,
        )
        for row in rows.select_related("issue", "body")
    ]


def _notices(person: Person) -> list[Waiting]:
    """Notices that wait for the branch, or for whoever wrote them; an emergency before everything else."""
    return [
        Waiting(str(row), what, row.get_absolute_url(), first=row.is_emergency)
        for row, what in notices_waiting_for(person)
    ]


def _supervisions(person: Person) -> list[Waiting]:
    """What an office above demands to know; the branch answers."""
    if not allows("supervision.answer", person):
        return []
    rows = Supervision.objects.visible_to(person).waiting().select_related("issue")
    return [
        Waiting(
            row.issue.title,
            _("%(office)s demands an answer") % {"office": row.office_name},
            row.get_absolute_url(),
            row.answer_due_on,
            row.answer_due_provisional,
        )
        for row in rows
    ]


_GENERAL_BRANCH = frozenset({"general_secretary", "community_worker", "grid_worker"})

"""Step 2: the branch sorts what came in by the article's criteria and draws up the issue list.

A matter is sorted as often as needed; the newest sorting counts. It goes on the draft of the next edition with its
points. Publishing the edition ranks it, makes it known and moves its matters on to the four parties.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation import priority
from consultation.errors import ConfidentialMatter, ListIsEmpty, ListIsPublished, NotSorted, SortedMeanwhile, leads_to
from consultation.models import ConsultationSettings, Issue, IssueList, ListEntry, Openness, Proposal
from consultation.ranking import ranked
from consultation.services import clock, flow, telling
from consultation.steps import Step


@transaction.atomic
def propose(
    issue: Issue,
    *,
    urgency: str,
    concerns: str,
    served: str,
    working_days: int,
    difficulty: str,
    suggestion: str,
    seen: int | None,
    by: Person,
) -> Proposal:
    """Sort a matter. ``seen`` is the key of the sorting that ``by`` had before them (None: there was none).

    Raises NotAtStep, and SortedMeanwhile when somebody else sorted it since.
    """
    issue = flow.locked(issue, Step.PROPOSE)
    latest = issue.proposals.select_related("sorted_by").first()
    if latest and latest.pk != seen:
        raise SortedMeanwhile(
            name=latest.sorted_by.name, score=latest.score, actions=[leads_to(_("See the matter"), issue)]
        )
    proposal = Proposal.objects.create(
        issue=issue,
        urgency=urgency,
        concerns=concerns,
        served=served,
        working_days=working_days,
        difficulty=difficulty,
        suggestion=suggestion,
        route=priority.suggested_route(served=served, difficulty=difficulty),
        sorted_by=by,
        **_weighed(issue, urgency=urgency, concerns=concerns),
    )
    ListEntry.objects.filter(issue=issue, issue_list__published_at=None).update(proposal=proposal)
    clock.sorted_anew(issue, now=timezone.now())
    touch("proposals")
    return proposal


def _weighed(issue: Issue, *, urgency: str, concerns: str) -> dict[str, Any]:
    """The points of a sorting made now, with what they were counted from."""
    households = issue.voices.exclude(household=None).values("household").distinct().count()
    waiting = (timezone.localdate() - timezone.localdate(issue.created_at)).days
    weights = priority.Weights.of(ConsultationSettings.current())
    points = priority.reasons(
        households=households, urgency=urgency, concerns=concerns, waiting_days=waiting, weights=weights
    )
    return {
        "households": households,
        "waiting_days": waiting,
        "score": sum(reason.points for reason in points),
        "weights": weights.kept(),
    }


@transaction.atomic
def put_on_list(issue: Issue, *, by: Person) -> ListEntry:
    """Put a sorted matter on the draft of the next edition; doing so twice changes nothing.

    Raises NotSorted, ConfidentialMatter.
    """
    # The draft is locked before the matter, here and in publishing: two who act at once wait, and neither is killed.
    draft = _draft()
    issue = flow.locked(issue, Step.PROPOSE)
    if issue.openness == Openness.CONFIDENTIAL:
        raise ConfidentialMatter(title=issue.title, actions=[leads_to(_("See the matter"), issue)])
    proposal = issue.proposals.first()
    if proposal is None:
        raise NotSorted(actions=[leads_to(_("See the matter"), issue)])
    entry, _created = ListEntry.objects.get_or_create(issue_list=draft, issue=issue, defaults={"proposal": proposal})
    touch("lists")
    return entry


@transaction.atomic
def take_off_list(issue: Issue, *, by: Person) -> None:
    """Take a matter off the draft again. Raises NotAtStep when the list was published meanwhile."""
    list(IssueList.objects.select_for_update().filter(published_at=None))
    issue = flow.locked(issue, Step.PROPOSE)
    ListEntry.objects.filter(issue=issue, issue_list__published_at=None).delete()
    touch("lists")


@transaction.atomic
def publish(issue_list: IssueList, *, by: Person) -> IssueList:
    """Rank the draft by points and by hand, date it and make it known; its matters go to the four parties.

    Raises ListIsPublished, ListIsEmpty.
    """
    issue_list = IssueList.objects.select_for_update().get(pk=issue_list.pk)
    if issue_list.published_at:
        raise ListIsPublished(actions=[leads_to(issue_list, issue_list)])
    # Then its matters, so that nobody sorts one while it is being ranked.
    list(Issue.objects.select_for_update(of=("self",)).filter(list_entries__issue_list=issue_list).order_by("pk"))
    # What was closed, returned or passed on since it was listed must not hold up the others.
    issue_list.entries.exclude(issue__step=Step.PROPOSE).delete()
    entries = ranked(issue_list.entries.select_related("issue", "proposal"))
    if not entries:
        raise ListIsEmpty(actions=[leads_to(issue_list, issue_list)])
    for rank, entry in enumerate(entries, start=1):
        entry.rank = rank
        flow.advance(entry.issue, Step.MEET, by=by)
    ListEntry.objects.bulk_update(entries, ["rank"])
    issue_list.published_at, issue_list.published_by = timezone.now(), by
    issue_list.save(update_fields=["published_at", "published_by", "updated_at"])
    telling.listed(issue_list)
    touch("lists")
    return issue_list


def _draft() -> IssueList:
    """The draft edition, locked; a new one when there is none. One draft at a time is a constraint."""
    draft = IssueList.objects.select_for_update().filter(published_at=None).first()
    if draft:
        return draft
    last = IssueList.objects.aggregate(last=Max("edition"))["last"] or 0
    try:
        with transaction.atomic():
            return IssueList.objects.create(edition=last + 1)
    except IntegrityError:
        return IssueList.objects.select_for_update().get(published_at=None)

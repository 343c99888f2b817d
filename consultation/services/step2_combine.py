"""Two matters that are one are merged, one that is two is split. Every voice is kept with its words, and told."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import (
    MergedIntoItself,
    MoreOpen,
    NotAtStep,
    OtherIsClosed,
    VoicesOnOneSide,
    leads_to,
)
from consultation.models import Category, Issue, IssueLink, LinkKind, ListEntry, Openness, Outcome, Voice
from consultation.services import flow
from consultation.steps import Step

_CLOSENESS = [Openness.PUBLIC, Openness.MEMBERS, Openness.CONFIDENTIAL]


@transaction.atomic
def merge(issue: Issue, *, into: Issue, note: str, by: Person) -> IssueLink:
    """Close a matter as duplicate of another, to which its voices go with their words.

    Raises NotAtStep, MergedIntoItself, OtherIsClosed, MoreOpen.
    """
    if issue.pk == into.pk:
        raise MergedIntoItself(actions=[leads_to(_("See the matter"), issue)])
    # Both in the order of their keys, so that two who merge them into each other do not wait for each other.
    rows = Issue.objects.select_for_update(of=("self",)).order_by("pk").filter(pk__in=[issue.pk, into.pk])
    found = {row.pk: row for row in rows}
    issue, into = found[issue.pk], found[into.pk]
    _require_mergeable(issue, into)
    voices = list(issue.voices.select_related("person", "household"))
    _copy(voices, issue, into)
    ListEntry.objects.filter(issue=issue, issue_list__published_at=None).delete()
    flow.advance(issue, Step.CLOSED, outcome=Outcome.DUPLICATE, note=note, by=by)
    touch("voices")
    return IssueLink.objects.create(
        kind=LinkKind.MERGED_INTO,
        issue=issue,
        other=into,
        note=note,
        voices=len(voices),
        households=_households(into),
        by=by,
    )


@transaction.atomic
def split(
    issue: Issue,
    *,
    title: str,
    said: str,
    category: Category,
    going: Collection[int],
    staying: Collection[int],
    by: Person,
) -> Issue:
    """Make a second matter, with the branch too, out of a part of this one. Returns it.

    ``going`` and ``staying`` are keys of voices; one in both stands behind both, one in neither stays, and so does the
    one whose words this matter carries.
    Raises NotAtStep, VoicesOnOneSide.
    """
    issue = flow.locked(issue, Step.PROPOSE)
    voices = list(issue.voices.select_related("person", "household"))
    go = [voice for voice in voices if voice.pk in going]
    stay = [v for v in voices if v.pk not in going or v.pk in staying or v.person_id == issue.spoken_by_id]
    if voices and not (go and stay):
        raise VoicesOnOneSide(actions=[leads_to(_("See the matter"), issue)])
    second = _second(issue, title=title, said=said, category=category, go=go, by=by)
    leaving = [voice for voice in go if voice not in stay]
    _copy(go, issue, second)
    Voice.objects.filter(pk__in=[voice.pk for voice in leaving]).delete()
    IssueLink.objects.create(
        kind=LinkKind.SPLIT_FROM, issue=second, other=issue, voices=len(go), households=_households(issue), by=by
    )
    touch("voices")
    return second


def closer(one: str, other: str) -> Openness:
    """The one of two that fewer people may read."""
    return max(Openness(one), Openness(other), key=_CLOSENESS.index)


def _require_mergeable(issue: Issue, into: Issue) -> None:
    if issue.step != Step.PROPOSE:
        raise NotAtStep(issue, Step.PROPOSE)
    if into.step == Step.CLOSED:
        raise OtherIsClosed(title=into.title, actions=[leads_to(_("See the matter"), issue)])
    if closer(issue.openness, into.openness) != into.openness:
        facts = {"here": issue.get_openness_display(), "there": into.get_openness_display()}
        raise MoreOpen(actions=[leads_to(_("See the matter"), issue)], **facts)


def _copy(voices: Iterable[Voice], source: Issue, to: Issue) -> None:
    """The voices stand behind ``to`` as well; who does already keeps one voice, with the words of both."""
    there = {voice.person_id: voice for voice in to.voices.select_related("household")}
    for voice in voices:
        said = voice.said or (source.said if voice.person_id == source.spoken_by_id else "")
        known = there.get(voice.person_id)
        if known is None:
            Voice.objects.create(
                issue=to,
                person=voice.person,
                household=voice.household,
                said=said,
                recorded_by=voice.recorded_by,
                witnessed_by=voice.witnessed_by,
                ring_agreed_at=voice.ring_agreed_at,
                ring_agreed_to_id=voice.ring_agreed_to_id,
            )
            continue
        own = known.said or (to.said if known.person_id == to.spoken_by_id else "")
        # The merged matter keeps what does not fit.
        known.said = "\n".join(part for part in (own, said) if part)[:2000]
        known.household = known.household or voice.household
        if known.ring_agreed_at is None:
            known.ring_agreed_at, known.ring_agreed_to_id = voice.ring_agreed_at, voice.ring_agreed_to_id
        known.save(update_fields=["said", "household", "ring_agreed_at", "ring_agreed_to", "updated_at"])


def _second(issue: Issue, *, title: str, said: str, category: Category, go: list[Voice], by: Person) -> Issue:
    second = Issue(
        title=title,
        said=said,
        category=category,
        openness=closer(issue.openness, category.openness),
        building=issue.building,
        entrance=issue.entrance,
        place_note=issue.place_note,
        spoken_by=go[0].person if go else None,
        witnessed_by=go[0].witnessed_by if go else None,
    )
    flow.begin(second, by=by)
    # A question about it goes to the one who was at the door.
    second.recorded_by = issue.recorded_by
    second.save(update_fields=["recorded_by", "updated_at"])
    return flow.advance(second, Step.PROPOSE, by=by)


def _households(issue: Issue) -> int:
    return issue.voices.exclude(household=None).values("household").distinct().count()

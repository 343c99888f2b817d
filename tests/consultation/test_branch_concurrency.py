"""Two secretaries act at once on each of the branch's ways: one wins, the other is told, nothing is lost or doubled."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from compounds.organisation.models import AuditEntry
from compounds.registry.context import compound_context
from consultation.models import (
    Assignment,
    Category,
    ConsultationSettings,
    Hold,
    HoldReason,
    Issue,
    IssueLink,
    ListEntry,
    StepRecord,
)
from consultation.ranking import ranked
from consultation.services import hold, settings, step2_combine, step2_list, step2_propose, step2_settle
from consultation.steps import Step
from tests.committing import YARD, at_once
from tests.consultation.branch import SIMPLE, at_branch, listed, sorted_so
from tests.consultation.handling import secretary, voice_of
from tests.consultation.test_advance_concurrency import outcomes
from tests.factories import BodyFactory


def all_at_once(count: int, work: Callable[[int], Any]) -> dict[str, int]:
    """Let ``count`` threads stand in the yard and do it; how often each result came out."""

    def inside(n: int) -> Any:
        with compound_context(YARD):
            return work(n)

    return dict(outcomes(at_once(count, inside)))


@pytest.fixture
def yard(committing):
    with compound_context(YARD):
        yield committing


def test_a_matter_is_handed_out_once(yard):
    issue, body, by = sorted_so(SIMPLE), BodyFactory(), secretary()

    def hand_out(_n: int) -> Assignment:
        return step2_settle.hand_out(
            issue, body=body, task="修", due_on=timezone.localdate(), danger=False, reason="", by=by
        )

    assert all_at_once(4, hand_out) == {"Assignment": 1, "NotAtStep": 3}
    assert Assignment.objects.count() == 1


def test_a_matter_is_asked_back_once(yard):
    issue, by = at_branch(), secretary()

    assert all_at_once(4, lambda _n: step2_settle.ask_back(issue, question="？", by=by)) == {
        "Issue": 1,
        "NotAtStep": 3,
    }
    assert StepRecord.objects.filter(from_step=Step.PROPOSE).count() == 1


def test_a_matter_is_merged_once(yard):
    issue, others, by = at_branch(), [at_branch(), at_branch()], secretary()
    voice_of(issue)

    results = all_at_once(4, lambda n: step2_combine.merge(issue, into=others[n % 2], note="", by=by))

    assert results == {"IssueLink": 1, "NotAtStep": 3}
    assert sum(other.voices.count() for other in others) == 1


def test_two_matters_merged_into_each_other_leave_one(yard):
    pair, by = [at_branch(), at_branch()], secretary()

    results = all_at_once(2, lambda n: step2_combine.merge(pair[n], into=pair[1 - n], note="", by=by))

    assert results == {"IssueLink": 1, "OtherIsClosed": 1}
    assert sorted(Issue.objects.values_list("step", flat=True)) == [Step.CLOSED, Step.PROPOSE]


def test_two_matters_with_the_same_person_are_merged_into_a_third_at_once(yard):
    pair, third, by = [at_branch(), at_branch()], at_branch(), secretary()
    person = voice_of(pair[0]).person
    voice_of(pair[1], person=person)

    results = all_at_once(2, lambda n: step2_combine.merge(pair[n], into=third, note="", by=by))

    assert results == {"IssueLink": 2}
    assert third.voices.get().person == person


def test_matters_split_at_once_get_numbers_of_their_own(yard):
    issue, by = at_branch(), secretary()
    voices = [voice_of(issue) for _ in range(4)]
    leaks = Category.objects.get(name="渗水漏水")

    def split(n: int) -> Issue:
        keys = {voices[n].pk}
        return step2_combine.split(issue, title="漏", said="漏", category=leaks, going=keys, staying=set(), by=by)

    results = all_at_once(4, split)

    # The last voice may not leave: whoever comes last is told so.
    assert results == {"Issue": 3, "VoicesOnOneSide": 1}
    assert len(set(Issue.objects.values_list("number", flat=True))) == 4
    assert IssueLink.objects.count() == 3


def test_of_four_who_move_one_matter_on_the_draft_one_does(yard):
    entries, by = [listed() for _ in range(3)], secretary()

    results = all_at_once(4, lambda _n: step2_list.move(entries[2], seen=3, to=1, reason="急", by=by))

    assert results == {"ListEntry": 1, "ListMovedMeanwhile": 3}
    assert ranked(ListEntry.objects.select_related("proposal"))[0] == entries[2]


def test_moved_and_published_at_once_never_breaks(yard):
    entries, by = [listed() for _ in range(3)], secretary()

    def act(n: int) -> Any:
        if n:
            return step2_list.move(entries[2], seen=3, to=1, reason="急", by=by)
        return step2_propose.publish(entries[0].issue_list, by=by)

    results = all_at_once(2, act)

    assert results in ({"IssueList": 1, "ListEntry": 1}, {"IssueList": 1, "ListIsPublished": 1})
    first = ListEntry.objects.get(rank=1)
    assert (first == entries[2]) == ("ListEntry" in results)


def test_sorted_and_published_at_once_never_breaks(yard):
    entries, by = [listed() for _ in range(2)], secretary()
    sheet = SIMPLE | {"urgency": "urgent", "seen": entries[1].proposal_id}

    def act(n: int) -> Any:
        if n:
            return step2_propose.propose(entries[1].issue, **sheet, by=by)
        return step2_propose.publish(entries[0].issue_list, by=by)

    results = all_at_once(2, act)

    assert results in ({"IssueList": 1, "Proposal": 1}, {"IssueList": 1, "NotAtStep": 1})
    assert (ListEntry.objects.get(rank=1) == entries[1]) == ("Proposal" in results)


def test_a_matter_is_put_on_hold_once_and_its_hold_ends_once(yard):
    issue, by = at_branch(), secretary()

    put = all_at_once(4, lambda _n: hold.put(issue, reason=HoldReason.SEASON, question="雨季", by=by))
    row = Hold.objects.get()
    end = all_at_once(4, lambda _n: hold.end(row, answer="过了", by=by))

    assert put == {"Hold": 1, "OnHoldAlready": 3}
    assert end == {"Hold": 1, "HoldEnded": 3}


def test_the_settings_are_changed_by_one(yard):
    seen, by = ConsultationSettings.objects.get().updated_at, secretary()

    results = all_at_once(4, lambda n: settings.change(seen=seen, by=by, urgent=20 + n))

    assert results == {"ConsultationSettings": 1, "SettingsChangedMeanwhile": 3}
    assert AuditEntry.objects.filter(action="settings.weigh").count() == 1

"""Step 2: sorted with points and reasons, listed on one draft, published once and ranked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from consultation.errors import ConfidentialMatter, ListIsEmpty, ListIsPublished, NotAtStep, NotSorted, SortedMeanwhile
from consultation.models import Issue, IssueList, ListEntry, Openness, Proposal
from consultation.services import flow, step1_visit, step2_propose
from consultation.steps import Step
from tests.factories import HouseholdFactory, IssueFactory, PersonFactory

SHEET = {
    "urgency": "can_wait",
    "concerns": "anyone",
    "served": "several",
    "working_days": 5,
    "difficulty": "moderate",
    "suggestion": "四方商议",
    "seen": None,
}


@pytest.fixture
def secretary(north) -> Person:
    return PersonFactory(name="支书", posts=[PostKind.BRANCH_SECRETARY])


def at_branch(**facts: object) -> Issue:
    return IssueFactory(step=Step.PROPOSE, **facts)


def listed(by: Person, **sheet: object) -> ListEntry:
    issue = at_branch()
    step2_propose.propose(issue, **(SHEET | sheet), by=by)
    return step2_propose.put_on_list(issue, by=by)


class TestSorting:
    def test_counts_households_urgency_people_and_waiting(self, secretary):
        issue = at_branch()
        for _ in range(2):
            step1_visit.add_voice_at_door(issue, name="住户", household=HouseholdFactory(), by=secretary)
        Issue.objects.filter(pk=issue.pk).update(created_at=timezone.now() - timedelta(days=4))

        proposal = step2_propose.propose(issue, **(SHEET | {"urgency": "soon", "concerns": "frail"}), by=secretary)

        assert (proposal.households, proposal.waiting_days) == (2, 4)
        assert proposal.score == 2 * 3 + 15 + 20 + 4
        assert (proposal.route, proposal.sorted_by) == ("meeting", secretary)

    def test_two_voices_of_one_door_count_once(self, secretary):
        issue, door = at_branch(), HouseholdFactory()
        for name in ("李叔", "李婶"):
            step1_visit.add_voice_at_door(issue, name=name, household=door, by=secretary)

        assert step2_propose.propose(issue, **SHEET, by=secretary).households == 1

    def test_again_keeps_the_earlier_and_the_newest_counts(self, secretary):
        issue = at_branch()
        first = step2_propose.propose(issue, **SHEET, by=secretary)

        second = step2_propose.propose(issue, **(SHEET | {"urgency": "urgent", "seen": first.pk}), by=secretary)

        assert list(issue.proposals.all()) == [second, first]

    @pytest.mark.parametrize("seen", [None, 10**9])
    def test_on_what_somebody_else_has_sorted_since_is_refused(self, secretary, seen):
        issue = at_branch()
        step2_propose.propose(issue, **SHEET, by=secretary)

        with pytest.raises(SortedMeanwhile) as refusal:
            step2_propose.propose(issue, **(SHEET | {"seen": seen}), by=PersonFactory())

        assert "支书" in refusal.value.context()["message"]
        assert Proposal.objects.count() == 1

    @pytest.mark.parametrize("step", [step for step in Step if step != Step.PROPOSE])
    def test_elsewhere_than_at_the_branch_is_refused(self, secretary, step):
        issue = IssueFactory(step=step)

        with pytest.raises(NotAtStep):
            step2_propose.propose(issue, **SHEET, by=secretary)
        with pytest.raises(NotAtStep):
            step2_propose.put_on_list(issue, by=secretary)


class TestTheDraft:
    def test_takes_sorted_matters_only(self, secretary):
        with pytest.raises(NotSorted):
            step2_propose.put_on_list(at_branch(), by=secretary)

        assert not ListEntry.objects.exists()

    def test_takes_no_confidential_matter(self, secretary):
        issue = at_branch(openness=Openness.CONFIDENTIAL)
        step2_propose.propose(issue, **SHEET, by=secretary)

        with pytest.raises(ConfidentialMatter):
            step2_propose.put_on_list(issue, by=secretary)

        assert not ListEntry.objects.exists()

    def test_takes_a_matter_once(self, secretary):
        entry = listed(secretary)

        again = step2_propose.put_on_list(entry.issue, by=secretary)

        assert again == entry
        assert (IssueList.objects.get().edition, ListEntry.objects.count()) == (1, 1)

    def test_is_one_for_all(self, secretary):
        assert listed(secretary).issue_list == listed(secretary).issue_list

    def test_follows_a_new_sorting(self, secretary):
        entry = listed(secretary)

        newer = step2_propose.propose(
            entry.issue, **(SHEET | {"urgency": "urgent", "seen": entry.proposal_id}), by=secretary
        )

        entry.refresh_from_db()
        assert entry.proposal == newer

    def test_lets_a_matter_be_taken_off(self, secretary):
        entry = listed(secretary)

        step2_propose.take_off_list(entry.issue, by=secretary)

        assert not ListEntry.objects.exists()


class TestPublishing:
    def test_ranks_by_points_dates_and_moves_on_to_the_four_parties(self, secretary):
        low, high = listed(secretary), listed(secretary, urgency="urgent")

        edition = step2_propose.publish(low.issue_list, by=secretary)

        assert [(entry.rank, entry.issue) for entry in edition.entries.all()] == [(1, high.issue), (2, low.issue)]
        assert edition.published_by == secretary
        assert set(Issue.objects.values_list("step", flat=True)) == {Step.MEET}

    def test_happens_once(self, secretary):
        edition = step2_propose.publish(listed(secretary).issue_list, by=secretary)

        with pytest.raises(ListIsPublished):
            step2_propose.publish(edition, by=secretary)

    def test_an_empty_draft_is_refused(self, secretary):
        entry = listed(secretary)
        step2_propose.take_off_list(entry.issue, by=secretary)

        with pytest.raises(ListIsEmpty):
            step2_propose.publish(entry.issue_list, by=secretary)

    def test_the_next_matters_go_on_the_next_edition(self, secretary):
        step2_propose.publish(listed(secretary).issue_list, by=secretary)

        assert listed(secretary).issue_list.edition == 2

    def test_a_published_entry_stays_as_it_is_when_the_matter_is_sorted_again(self, secretary):
        entry = listed(secretary)
        step2_propose.publish(entry.issue_list, by=secretary)
        flow.advance(entry.issue, Step.PROPOSE, by=secretary)

        step2_propose.propose(entry.issue, **(SHEET | {"seen": entry.proposal_id}), by=secretary)

        assert ListEntry.objects.get(pk=entry.pk).proposal_id == entry.proposal_id

    @pytest.mark.parametrize("to", [Step.CLOSED, Step.VISIT, Step.REFERRED])
    def test_a_matter_that_has_left_the_branch_meanwhile_does_not_hold_up_the_others(self, secretary, to):
        gone, stays = listed(secretary), listed(secretary)
        flow.advance(gone.issue, to, by=secretary, **({"outcome": "withdrawn"} if to == Step.CLOSED else {}))

        edition = step2_propose.publish(stays.issue_list, by=secretary)

        assert [entry.issue for entry in edition.entries.all()] == [stays.issue]
        assert Issue.objects.get(pk=gone.issue_id).step == to


@pytest.mark.parametrize(("length", "folded"), [(300, False), (301, True), (2000, True)])
def test_long_words_before_the_form_are_folded_and_all_there(web, secretary, length, folded):
    said = "".join(chr(0x4E00 + n) for n in range(length))
    issue = at_branch(said=said)

    page = web(secretary).get(f"/issues/{issue.number}/proposal/")

    assert ('<details class="fold">' in page.text) == folded
    assert page.text.count(said) == 1
    assert page.text.count(said[:299]) == (2 if folded else 1)

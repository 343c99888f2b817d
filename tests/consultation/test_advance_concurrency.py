"""Two people act at once: one wins, the other is told, and history has one row more."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from consultation.models import Issue, IssueList, ListEntry, Meeting, StepRecord
from consultation.services import flow, step2_propose, step3_meet
from consultation.steps import Step
from tests.committing import YARD, at_once
from tests.factories import IssueFactory, PersonFactory

SORTED = {
    "urgency": "soon",
    "concerns": "anyone",
    "served": "several",
    "working_days": 5,
    "difficulty": "moderate",
    "suggestion": "四方商议",
}


def outcomes(results: list[object]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def test_of_eight_who_move_one_matter_exactly_one_wins(committing):
    with compound_context(YARD):
        issue, by = IssueFactory(step=Step.PROPOSE), PersonFactory(posts=[PostKind.BRANCH_SECRETARY])

    def move(_n: int) -> Issue:
        with compound_context(YARD):
            return flow.advance(issue, Step.MEET, by=by)

    results = at_once(8, move)

    assert outcomes(results) == {"Issue": 1, "MoveNotAllowed": 7}
    with compound_context(YARD):
        assert Issue.objects.get().step == Step.MEET
        assert StepRecord.objects.filter(issue=issue, to_step=Step.MEET).count() == 1


def test_of_eight_who_move_it_to_different_steps_exactly_one_wins(committing):
    with compound_context(YARD):
        issue, by = IssueFactory(step=Step.PROPOSE), PersonFactory(posts=[PostKind.BRANCH_SECRETARY])

    def move(n: int) -> Issue:
        with compound_context(YARD):
            return flow.advance(issue, Step.REFERRED if n % 2 else Step.VISIT, by=by)

    results = at_once(8, move)

    # After REFERRED nothing leads to VISIT, nor the other way round.
    assert outcomes(results) == {"Issue": 1, "MoveNotAllowed": 7}


def test_of_eight_who_sort_one_matter_one_wins_and_the_others_see_it(committing):
    with compound_context(YARD):
        issue, by = IssueFactory(step=Step.PROPOSE), PersonFactory(posts=[PostKind.BRANCH_SECRETARY])

    def sort(_n: int) -> object:
        with compound_context(YARD):
            return step2_propose.propose(issue, **SORTED, seen=None, by=by)

    assert outcomes(at_once(8, sort)) == {"Proposal": 1, "SortedMeanwhile": 7}


def test_eight_who_list_different_matters_at_once_make_one_draft(committing):
    with compound_context(YARD):
        by = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
        issues = [IssueFactory(step=Step.PROPOSE) for _ in range(8)]
        for issue in issues:
            step2_propose.propose(issue, **SORTED, seen=None, by=by)

    def put(n: int) -> object:
        with compound_context(YARD):
            return step2_propose.put_on_list(issues[n], by=by)

    results = at_once(8, put)

    assert outcomes(results) == {"ListEntry": 8}
    with compound_context(YARD):
        assert IssueList.objects.count() == 1
        assert ListEntry.objects.count() == 8


def test_an_edition_is_published_once(committing):
    with compound_context(YARD):
        by = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
        issue = IssueFactory(step=Step.PROPOSE)
        step2_propose.propose(issue, **SORTED, seen=None, by=by)
        edition = step2_propose.put_on_list(issue, by=by).issue_list

    def publish(_n: int) -> object:
        with compound_context(YARD):
            return step2_propose.publish(edition, by=by)

    assert outcomes(at_once(4, publish)) == {"IssueList": 1, "ListIsPublished": 3}


def test_four_who_convene_at_once_never_break(committing):
    with compound_context(YARD):
        by = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
        issues = [IssueFactory(step=Step.MEET) for _ in range(4)]
    moment = timezone.now() + timedelta(days=1)

    def convene(n: int) -> object:
        with compound_context(YARD):
            return step3_meet.convene(starts_at=moment, venue="活动室", issues=[issues[n]], by=by)

    results = at_once(4, convene)

    assert outcomes(results) == {"Meeting": 4}
    with compound_context(YARD):
        assert sorted(Meeting.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_publishing_listing_and_taking_off_at_once_agree_in_the_end(committing):
    """Whoever comes first wins; what is published is exactly what went to the four parties, and nobody is killed."""
    for _round in range(4):
        with compound_context(YARD):
            by = PersonFactory(posts=[PostKind.BRANCH_COMMITTEE])
            kept, torn = (IssueFactory(step=Step.PROPOSE) for _n in range(2))
            for issue in (kept, torn):
                step2_propose.propose(issue, **SORTED, seen=None, by=by)
                edition = step2_propose.put_on_list(issue, by=by).issue_list

        def act(n: int, kept=kept, torn=torn, edition=edition, by=by) -> object:
            with compound_context(YARD):
                if n == 0:
                    return step2_propose.publish(edition, by=by)
                if n == 1:
                    return step2_propose.take_off_list(torn, by=by)
                return step2_propose.put_on_list(kept, by=by)

        results = at_once(3, act)

        assert not [result for result in results if type(result).__name__ == "OperationalError"]
        with compound_context(YARD):
            moved = set(Issue.objects.filter(step=Step.MEET, pk__in=[kept.pk, torn.pk]))
            assert moved == {entry.issue for entry in edition.entries.select_related("issue")}

"""Merged: every voice kept with its words, a household counted once. Split: voices chosen, linked both ways."""

import pytest

from compounds.organisation.models import PostKind
from consultation.errors import MergedIntoItself, MoreOpen, NotAtStep, OtherIsClosed, VoicesOnOneSide
from consultation.models import Category, Issue, IssueLink, ListEntry, Openness, Outcome
from consultation.services import step2_combine
from consultation.steps import Step
from consultation.timeline import story
from tests.consultation.branch import at_branch, listed
from tests.consultation.handling import secretary, voice_of
from tests.factories import HouseholdFactory, IssueFactory, PersonFactory


def merge(issue: Issue, into: Issue) -> IssueLink:
    return step2_combine.merge(issue, into=into, note="同一台电梯", by=secretary())


def split(issue: Issue, **how: object) -> Issue:
    facts = {"title": "车库渗水", "said": "车库也漏", "category": Category.objects.get(name="渗水漏水")}
    return step2_combine.split(issue, **(facts | how), by=secretary())


def told(issue: Issue) -> str:
    return "\n".join(f"{event.title} {event.quote} {event.note}" for event in story(issue, secretary()))


@pytest.mark.usefixtures("north")
class TestMerging:
    def test_keeps_every_voice_with_its_words_and_counts_a_household_once(self):
        door = HouseholdFactory()
        speaker = PersonFactory(name="王桂花")
        one, other = at_branch(said="夜里咣当响", spoken_by=speaker), at_branch()
        voice_of(one, person=speaker, household=door)
        voice_of(other, household=door)
        voice_of(other)

        link = merge(one, other)

        assert (link.voices, link.households) == (1, 2)
        assert other.voices.get(person=speaker).said == "夜里咣当响"
        assert one.voices.count() == 1

    def test_keeps_both_words_of_somebody_who_spoke_twice(self):
        twice = PersonFactory()
        one, other = at_branch(said="半夜响", spoken_by=twice), at_branch(said="白天也响", spoken_by=twice)
        voice_of(one, person=twice)
        voice_of(other, person=twice)

        merge(one, other)

        assert other.voices.get().said == "白天也响\n半夜响"

    def test_closes_as_duplicate_off_the_draft_and_both_stories_tell_it(self):
        entry, other = listed(title="三栋电梯响"), at_branch(title="电梯异响")

        merge(entry.issue, other)

        issue = Issue.objects.get(pk=entry.issue_id)
        assert (issue.step, issue.outcome) == (Step.CLOSED, Outcome.DUPLICATE)
        assert not ListEntry.objects.exists()
        assert other.number in told(issue)
        assert issue.number in told(other)
        assert "同一台电梯" in told(other)

    @pytest.mark.parametrize(
        ("here", "there", "may"),
        [
            (here, there, list(Openness).index(here) <= list(Openness).index(there))
            for here in Openness
            for there in Openness
        ],
    )
    def test_words_never_become_more_open(self, here, there, may):
        one, other = at_branch(openness=here), at_branch(openness=there)

        if may:
            assert merge(one, other).other == other
        else:
            with pytest.raises(MoreOpen):
                merge(one, other)
            assert Issue.objects.get(pk=one.pk).step == Step.PROPOSE

    def test_neither_into_itself_nor_into_a_closed_one_nor_from_elsewhere(self):
        one = at_branch()

        with pytest.raises(MergedIntoItself):
            merge(one, one)
        with pytest.raises(OtherIsClosed):
            merge(one, IssueFactory(step=Step.CLOSED))
        with pytest.raises(NotAtStep):
            merge(IssueFactory(step=Step.MEET), one)

    def test_page_refuses_beside_the_field_and_then_leads_to_the_other(self, web):
        client = web(secretary())
        secret, public = at_branch(openness=Openness.CONFIDENTIAL), at_branch()

        refused = client.post(f"/issues/{secret.number}/merger/", {"into": public.number, "note": "一样"})
        nowhere = client.post(f"/issues/{public.number}/merger/", {"into": "2020-9999"})
        merged = client.post(f"/issues/{public.number}/merger/", {"into": secret.number}, follow=True)

        assert (refused.status_code, nowhere.status_code) == (422, 422)
        assert "一样" in refused.content.decode()
        assert merged.request["PATH_INFO"].endswith(f"/issues/{secret.number}/")

    def test_a_reader_who_may_not_know_the_merged_matter_reads_nothing_of_it(self, web):
        secret, other = at_branch(openness=Openness.MEMBERS, title="不可说"), at_branch(openness=Openness.MEMBERS)
        merge(secret, other)
        Issue.objects.filter(pk=secret.pk).update(openness=Openness.CONFIDENTIAL)

        page = web(PersonFactory(posts=[PostKind.PROPERTY_STAFF])).get(f"/issues/{other.number}/")

        assert "不可说" not in page.content.decode()


@pytest.mark.usefixtures("north")
class TestSplitting:
    def test_makes_a_second_matter_with_the_branch_linked_both_ways(self):
        issue = at_branch()
        stays, goes, both = voice_of(issue), voice_of(issue), voice_of(issue)

        second = split(issue, going={goes.pk, both.pk}, staying={stays.pk, both.pk})

        assert second.step == Step.PROPOSE
        assert second.number != issue.number
        assert {v.person for v in second.voices.all()} == {goes.person, both.person}
        assert {v.person for v in issue.voices.all()} == {stays.person, both.person}
        assert issue.number in told(second)
        assert second.number in told(issue)
        assert second.recorded_by == issue.recorded_by

    def test_whose_words_the_matter_carries_stays(self):
        speaker = PersonFactory()
        issue = at_branch(spoken_by=speaker)
        first, other = voice_of(issue, person=speaker), voice_of(issue)

        split(issue, going={first.pk}, staying={other.pk})

        assert issue.voices.filter(person=speaker).exists()

    def test_leaves_nobody_on_one_side_only(self):
        issue = at_branch()
        one, other = voice_of(issue), voice_of(issue)

        for going in (set(), {one.pk, other.pk}):
            with pytest.raises(VoicesOnOneSide):
                split(issue, going=going, staying=set())

        assert Issue.objects.count() == 1

    def test_is_as_closed_as_the_first(self):
        issue = at_branch(openness=Openness.CONFIDENTIAL)

        assert split(issue, going=set(), staying=set()).openness == Openness.CONFIDENTIAL

    def test_page_keeps_what_was_typed_and_then_leads_to_the_second(self, web):
        issue, client = at_branch(), web(secretary())
        stays, goes = voice_of(issue), voice_of(issue)
        sheet = {"title": "车库渗水", "said": "车库也漏", "category": Category.objects.get(name="渗水漏水").pk}

        refused = client.post(f"/issues/{issue.number}/split/", sheet)
        made = client.post(
            f"/issues/{issue.number}/split/", sheet | {f"voice_{stays.pk}": "stay", f"voice_{goes.pk}": "go"}
        )

        assert refused.status_code == 422
        assert "车库也漏" in refused.content.decode()
        assert made.status_code == 302
        assert Issue.objects.get(title="车库渗水").voices.get().person == goes.person

"""Without the four parties: asked back, visited again, handed out at once, told to the next meeting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import PostKind
from consultation import danger
from consultation.errors import ConfidentialStays, NotAtStep, NotForDirect, OwnersMoney
from consultation.models import Assignment, Category, Issue, ListEntry, Openness, Outcome, Visit
from consultation.services import step2_settle, step3_meet
from consultation.steps import Step
from tests.consultation.branch import SHEET, SIMPLE, at_branch, listed, sorted_so
from tests.consultation.handling import secretary, voice_of
from tests.factories import BodyFactory, IssueFactory, PersonFactory, four_seats

TODAY = timezone.localdate


def hand_out(issue: Issue, *, danger: bool = False) -> Assignment:
    return step2_settle.hand_out(
        issue, body=BodyFactory(), task="断电排险", due_on=TODAY(), danger=danger, reason="有火花", by=secretary()
    )


@pytest.mark.usefixtures("north")
class TestAskingBack:
    def test_goes_to_who_brought_it_off_the_draft_and_the_question_stands_on_top(self, web):
        steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
        entry = listed(recorded_by=steward)

        issue = step2_settle.ask_back(entry.issue, question="601同意吗？", by=secretary())

        assert (issue.step, issue.owner_unit) == (Step.VISIT, steward.posts.get().unit)
        assert not ListEntry.objects.exists()
        for page in ("/", f"/issues/{issue.number}/"):
            assert "601同意吗？" in web(steward).get(page).content.decode()

    def test_needs_a_question(self, web):
        answer = web(secretary()).post(f"/issues/{at_branch().number}/question/", {"question": " "})

        assert answer.status_code == 422


@pytest.mark.usefixtures("north")
class TestGoingAgain:
    def test_writes_a_visit_of_the_household_with_the_matter_and_the_note(self, web):
        issue, client = at_branch(), web(secretary())
        voice = voice_of(issue)
        sheet = {"voice": voice.pk, "outcome": "talked", "visited_on": TODAY().isoformat(), "note": "愿意等到周末"}

        answer = client.post(f"/issues/{issue.number}/visits/", sheet)

        assert answer.status_code == 302
        visit = Visit.objects.get()
        assert (visit.household, visit.issue, visit.note) == (voice.household, issue, "愿意等到周末")
        assert "愿意等到周末" in client.get(f"/issues/{issue.number}/").content.decode()

    @pytest.mark.parametrize("wrong", [{"voice": ""}, {"visited_on": "2999-01-01"}, {"note": ""}, {"outcome": "x"}])
    def test_says_what_is_wrong_beside_the_field(self, web, wrong):
        issue = at_branch()
        sheet = {"voice": voice_of(issue).pk, "outcome": "talked", "visited_on": TODAY().isoformat(), "note": "好"}

        assert web(secretary()).post(f"/issues/{issue.number}/visits/", sheet | wrong).status_code == 422
        assert not Visit.objects.exists()

    def test_the_property_company_does_not_read_it(self, web):
        issue = at_branch()
        voice = voice_of(issue)
        step2_settle.visit_again(
            issue, household=voice.household, outcome="talked", visited_on=TODAY(), note="她很怕", by=secretary()
        )

        page = web(PersonFactory(posts=[PostKind.PROPERTY_STAFF])).get(f"/issues/{issue.number}/")

        assert "她很怕" not in page.content.decode()


@pytest.mark.usefixtures("north")
class TestHandingOut:
    def test_what_is_simple_and_one_bodys_own(self):
        issue = sorted_so(SIMPLE)

        task = hand_out(issue)

        issue.refresh_from_db()
        assert (issue.step, issue.owner_body, issue.due_on) == (Step.HANDLE, task.body, TODAY())
        assert (task.decision, task.danger) == (None, False)

    @pytest.mark.parametrize("sheet", [SHEET, SIMPLE | {"difficulty": "hard"}])
    def test_anything_else_goes_to_the_four_parties(self, sheet):
        with pytest.raises(NotForDirect):
            hand_out(sorted_so(sheet))
        with pytest.raises(NotForDirect):
            hand_out(at_branch())

        assert not Assignment.objects.exists()

    def test_the_owners_money_is_not_the_branchs_however_simple(self):
        issue = sorted_so(SIMPLE, category=Category.objects.get(owners_vote_item=5))

        with pytest.raises(OwnersMoney):
            hand_out(issue)

        assert hand_out(issue, danger=True).danger

    def test_danger_goes_at_once_off_the_draft(self):
        entry = listed()

        assert hand_out(entry.issue, danger=True).danger
        assert not ListEntry.objects.exists()

    def test_what_is_confidential_is_told_to_no_body(self, web):
        issue = at_branch(openness=Openness.CONFIDENTIAL)

        with pytest.raises(ConfidentialStays):
            hand_out(issue, danger=True)

        assert web(secretary()).get(f"/issues/{issue.number}/hand-out/").status_code == 409

    def test_elsewhere_it_is_refused(self):
        with pytest.raises(NotAtStep):
            hand_out(IssueFactory(step=Step.MEET), danger=True)

    def test_page_asks_what_the_danger_is(self, web):
        issue = at_branch(category=Category.objects.get(name="燃气泄漏"))
        client, sheet = web(secretary()), {"body": BodyFactory().pk, "task": "关阀", "due_on": TODAY().isoformat()}

        shown = client.get(f"/issues/{issue.number}/hand-out/").content.decode()
        refused = client.post(f"/issues/{issue.number}/hand-out/", sheet | {"danger": "on"})
        done = client.post(f"/issues/{issue.number}/hand-out/", sheet | {"danger": "on", "reason": "能闻到气味"})

        assert "119" in shown
        assert refused.status_code == 422
        assert "关阀" in refused.content.decode()
        assert done.status_code == 302
        assert Issue.objects.get().step == Step.HANDLE

    def test_page_says_what_is_not_for_it(self, web):
        sheet = {"body": BodyFactory().pk, "task": "修", "due_on": TODAY().isoformat()}

        assert web(secretary()).post(f"/issues/{sorted_so().number}/hand-out/", sheet).status_code == 409


@pytest.mark.usefixtures("north")
class TestDoneFirst:
    def meeting(self, days: int):
        issue = IssueFactory(step=Step.MEET)
        at = timezone.now() + timedelta(days=days)
        return step3_meet.convene(starts_at=at, venue="活动室", issues=[issue], by=secretary())

    def test_the_next_meeting_hears_of_it_as_its_first_item_and_later_ones_do_not(self, web):
        four_seats()
        task = hand_out(at_branch(title="配电箱打火花"), danger=True)
        first, later = self.meeting(1), self.meeting(8)

        assert danger.done_first(first, secretary()) == [task]
        assert danger.done_first(later, secretary()) == []
        assert "配电箱打火花" in web(secretary()).get(f"/meetings/{first.number}/").content.decode()

    def test_what_is_confidential_comes_before_no_meeting(self):
        four_seats()
        task = hand_out(at_branch(), danger=True)
        Issue.objects.filter(pk=task.issue_id).update(openness=Openness.CONFIDENTIAL)

        assert danger.done_first(self.meeting(1), secretary()) == []


@pytest.mark.usefixtures("north")
def test_closing_as_not_ours_says_whose_it_is(web):
    issue, client, body = at_branch(), web(secretary()), BodyFactory(name="市自来水公司")

    refused = client.post(f"/issues/{issue.number}/closing/", {"outcome": Outcome.NOT_OURS, "note": "请找他们"})
    client.post(f"/issues/{issue.number}/closing/", {"outcome": Outcome.NOT_OURS, "answerable": body.pk})

    assert refused.status_code == 422
    assert "Say whose it is." in refused.content.decode()
    assert Issue.objects.get().answerable_body == body
    assert "市自来水公司" in client.get(f"/issues/{issue.number}/").content.decode()

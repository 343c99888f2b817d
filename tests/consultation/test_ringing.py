"""Contact details only if that person agreed: at the door, by QR; shown to whoever handles it; taken back at once."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from compounds.organisation.models import AuditEntry, Person, PostKind
from consultation.errors import NoNumberToRing, NotToBeRung, OtherNumberKnown
from consultation.models import (
    AssignmentState,
    Category,
    HandlerLinkUse,
    Issue,
    Openness,
    ResponsibleBody,
    Voice,
)
from consultation.services import handler_links, reports, ringing, step1_visit, step2_combine
from consultation.services.erasure import erase
from consultation.services.reports import Sender
from consultation.services.ringing import Consent
from consultation.services.work_reports import Handler
from consultation.steps import Step
from tests.consultation.handling import secretary, task_at, voice_of
from tests.factories import EntranceFactory, HouseholdFactory, IssueFactory, PersonFactory

NUMBER, MASKED = "13911112222", "139****2222"
REASON = {"reason": "约上门时间"}
# Who sees name and masked number of one who agreed, on the page of the property company's unfinished task.
SEES = """
    property_staff   public        agreed      yes
    property_staff   members       agreed      yes
    property_staff   confidential  agreed      no
    property_staff   public        silent      no
    property_staff   public        taken_back  no
    branch_secretary public        agreed      no
    owners_committee public        agreed      no
    building_steward public        agreed      no
    party_member     public        agreed      no
"""
STATES = """
    handed_out yes
    accepted   yes
    done       yes
    verified   no
    returned   no
    withdrawn  no
"""


def category():
    return Category.objects.get(name="电梯设备")


def rows(table):
    return [line.split() for line in table.strip().splitlines()]


def agreeing(task, *, agreed="agreed"):
    voice = voice_of(task.issue, name="欧阳秀英")
    Person.objects.filter(pk=voice.person_id).update(phone=NUMBER)
    if agreed != "silent":
        ringing.agree(voice, Consent(), by=secretary())
    if agreed == "taken_back":
        ringing.take_back(voice, by=secretary())
    return Voice.objects.select_related("person").get(pk=voice.pk)


@pytest.mark.parametrize("row", rows(SEES), ids="-".join)
def test_who_is_shown_whom_they_may_ring(web, north, row):
    post, openness, agreed, seen = row
    task = task_at(AssignmentState.ACCEPTED, openness=openness)
    voice = agreeing(task, agreed=agreed)
    client = web(secretary() if post == "branch_secretary" else PersonFactory(posts=[post]))

    page = client.get(f"/assignments/{task.pk}/")
    reveal = client.post(f"/assignments/{task.pk}/ringing/{voice.pk}/", REASON)

    assert (MASKED in page.text) == (seen == "yes")
    assert NUMBER not in page.text
    assert reveal.status_code in ({200} if seen == "yes" else {403, 404})
    assert (NUMBER in reveal.text) == (seen == "yes")
    assert AuditEntry.objects.filter(action="person.reveal_phone").count() == (seen == "yes")


@pytest.mark.parametrize(("state", "seen"), rows(STATES))
def test_numbers_are_shown_as_long_as_the_work_lasts(north, state, seen):
    task = task_at(AssignmentState(state))
    voice = agreeing(task)

    assert [one.pk for one in ringing.to_ring(task)] == ([voice.pk] if seen == "yes" else [])
    if seen == "no":
        with pytest.raises(NotToBeRung):
            ringing.number_of(task, voice, reason="约时间", by=secretary())


def test_where_the_body_has_nobody_here_the_branch_rings(web, north):
    task = task_at(AssignmentState.ACCEPTED, body_kind="lift_maintainer")
    agreeing(task)

    assert MASKED in web(secretary()).get(f"/assignments/{task.pk}/").text


def test_a_reveal_is_kept_with_its_reason_and_without_the_number(web, north):
    task = task_at(AssignmentState.ACCEPTED)
    voice = agreeing(task)
    handler = PersonFactory(posts=[PostKind.PROPERTY_STAFF])

    assert web(handler).post(f"/assignments/{task.pk}/ringing/{voice.pk}/", {"reason": ""}).status_code == 422
    assert not AuditEntry.objects.filter(action="person.reveal_phone").exists()
    answer = web(handler).post(f"/assignments/{task.pk}/ringing/{voice.pk}/", REASON)

    entry = AuditEntry.objects.get(action="person.reveal_phone")
    assert (entry.by, entry.person, entry.facts) == (handler, voice.person, REASON)
    assert "no-cache" in answer["Cache-Control"]
    assert AuditEntry.objects.filter(action="voice.agree_to_ring", person=voice.person).count() == 1


class TestThroughTheLink:
    """Numbers only after the link's question, each look written down; a forwarded link shows nobody."""

    ASKED = {"name": "小刘", "digits": "1234", "reason": "约上门时间"}

    @pytest.fixture
    def task(self, north):
        task = task_at(AssignmentState.ACCEPTED)
        ResponsibleBody.objects.filter(pk=task.body_id).update(contact_phone="138 0000 1234")
        return task

    @pytest.fixture
    def token(self, task):
        return handler_links.make(task, by=secretary())

    def test_the_page_tells_how_many_and_the_digits_open_the_numbers(self, anyone, task, token):
        agreeing(task)

        first = anyone.get(f"/handle/{token}/")
        asking = anyone.get(f"/handle/{token}/ringing/")
        answer = anyone.post(f"/handle/{token}/ringing/", self.ASKED)

        for page in (first, asking):
            assert MASKED not in page.text
            assert "欧阳秀英" not in page.text
        assert f"/handle/{token}/ringing/" in first.text
        assert NUMBER in answer.text
        assert [use.result for use in HandlerLinkUse.objects.all()] == ["rang"]
        entry = AuditEntry.objects.get(action="person.reveal_phone")
        assert entry.by == secretary()
        assert entry.facts == {"reason": "约上门时间", "handler": "小刘"}

    def test_wrong_digits_show_nothing_and_count_towards_the_lock(self, anyone, task, token):
        agreeing(task)

        answers = [anyone.post(f"/handle/{token}/ringing/", self.ASKED | {"digits": "0000"}) for _ in range(5)]

        assert [answer.status_code for answer in answers] == [422] * 5
        assert all(NUMBER not in answer.text for answer in answers)
        assert anyone.post(f"/handle/{token}/ringing/", self.ASKED).status_code == 410
        assert not AuditEntry.objects.filter(action="person.reveal_phone").exists()

    def test_what_was_taken_back_is_gone_at_once(self, anyone, task, token):
        voice = agreeing(task)
        ringing.take_back(voice, by=secretary())

        assert f"/handle/{token}/ringing/" not in anyone.get(f"/handle/{token}/").text
        answer = anyone.post(f"/handle/{token}/ringing/", self.ASKED)

        assert answer.status_code == 200
        assert NUMBER not in answer.text

    def test_once_reported_done_the_link_shows_nobody(self, anyone, task, token):
        agreeing(task)
        link = handler_links.find(token)
        handler_links.report(Handler(link, "小刘"), kind="done", text="换好了", photos=[])

        assert anyone.post(f"/handle/{token}/ringing/", self.ASKED).status_code == 409
        assert anyone.get("/handle/nonsense/ringing/").status_code == 404


class TestAgreeing:
    def test_at_the_door_it_is_kept_with_the_voice_and_its_number(self, web, north):
        steward, household = PersonFactory(posts=[PostKind.BUILDING_STEWARD]), HouseholdFactory()
        typed = {
            "title": "电梯异响",
            "said": "夜里响",
            "category": category().pk,
            "where": f"e{household.entrance_id}",
            "door": household.door,
            "spoken_by": "欧阳秀英",
            "openness": "public",
            "may_ring": "on",
        }

        missing = web(steward).post("/issues/new/", typed)
        wrong = web(steward).post("/issues/new/", typed | {"phone": "12 34"})
        without = web(steward).post("/issues/new/", {**typed, "phone": NUMBER, "may_ring": ""})
        kept = web(steward).post("/issues/new/", typed | {"phone": "139 1111-2222"})

        assert [missing.status_code, wrong.status_code, without.status_code, kept.status_code] == [422, 422, 422, 302]
        assert "Write down the number" in missing.text
        voice = Voice.objects.get(issue=Issue.objects.get())
        assert (voice.person.phone, voice.ring_agreed_to) == (NUMBER, steward)

    def test_nobody_agrees_by_keeping_silent(self, north):
        voice = voice_of(IssueFactory())

        assert voice.ring_agreed_at is None
        assert not Voice.objects.to_ring().exists()

    def test_a_number_that_is_known_stays_and_another_is_refused(self, north):
        voice = voice_of(IssueFactory())
        Person.objects.filter(pk=voice.person_id).update(phone=NUMBER)

        with pytest.raises(OtherNumberKnown):
            ringing.agree(voice, Consent("13800000000"), by=secretary())
        ringing.agree(voice, Consent(NUMBER), by=secretary())

        assert Person.objects.get(pk=voice.person_id).phone == NUMBER

    def test_without_any_number_there_is_nothing_to_agree_to(self, north):
        with pytest.raises(NoNumberToRing):
            ringing.agree(voice_of(IssueFactory()), Consent(), by=secretary())

    def test_the_database_knows_to_whom_it_was_said(self, north):
        voice = voice_of(IssueFactory())

        with pytest.raises(IntegrityError, match="consent_was_given_to_somebody"), transaction.atomic():
            Voice.objects.filter(pk=voice.pk).update(ring_agreed_at=timezone.now())

    def test_on_the_matters_page_it_is_agreed_to_and_taken_back(self, web, north):
        voice = voice_of(IssueFactory(step=Step.PROPOSE))
        path, client = f"/issues/{voice.issue.number}/ringing/", web(secretary())

        wrong = client.post(path, {"voice": voice.pk, "phone": "abc"})
        agreed = client.post(path, {"voice": voice.pk, "phone": NUMBER})
        assert (wrong.status_code, agreed.status_code) == (422, 302)
        assert MASKED in client.get(path).text
        assert Voice.objects.to_ring().count() == 1

        client.post(path, {"voice": voice.pk, "answer": "no"})
        assert not Voice.objects.to_ring().exists()
        assert AuditEntry.objects.filter(action="voice.take_back_ring").count() == 1
        assert client.post(path, {"voice": "nonsense"}).status_code == 404

    @pytest.mark.parametrize("post", [PostKind.PROPERTY_STAFF, PostKind.PARTY_MEMBER, PostKind.VOLUNTEER_LEADER])
    def test_who_may_not_know_who_spoke_finds_no_such_page(self, web, north, post):
        issue = voice_of(IssueFactory(step=Step.PROPOSE)).issue

        assert web(PersonFactory(posts=[post])).get(f"/issues/{issue.number}/ringing/").status_code in {403, 404}

    def test_merging_keeps_what_was_agreed(self, north):
        one, other = IssueFactory(step=Step.PROPOSE), IssueFactory(step=Step.PROPOSE)
        voice = voice_of(one)
        ringing.agree(voice, Consent(NUMBER), by=secretary())

        step2_combine.merge(one, into=other, note="同一件事", by=secretary())

        assert [each.person_id for each in other.voices.to_ring()] == [voice.person_id]


class TestByTheSender:
    """A resident's own report: two consents, each for itself; the second taken back with the tracking code."""

    SENT = {"said": "门禁坏了", "name": "欧阳秀英", "phone": NUMBER}

    @pytest.fixture
    def path(self, north):
        return f"/report/{EntranceFactory().pk}/?category={category().pk}"

    def send(self, anyone, path, **more):
        address, chosen = path.split("?category=")
        return anyone.post(address, self.SENT | {"category": chosen} | more)

    @pytest.mark.parametrize(
        ("ticked", "kept", "rung"),
        [
            ([], 422, 0),
            (["handlers_may_ring"], 422, 0),
            (["may_call"], 302, 0),
            (["may_call", "handlers_may_ring"], 302, 1),
        ],
    )
    def test_what_is_ticked_is_what_is_allowed(self, anyone, path, ticked, kept, rung):
        answer = self.send(anyone, path, **dict.fromkeys(ticked, "on"))

        assert answer.status_code == kept
        assert Voice.objects.to_ring().count() == rung

    def test_the_code_takes_it_back(self, anyone, path):
        sent = self.send(anyone, path, may_call="on", handlers_may_ring="on")
        track = sent["Location"].partition("?")[0].partition("/track/")[2].strip("/")

        assert "Take it back" in anyone.get(f"/track/{track}/").text
        assert anyone.post(f"/track/{track}/ringing/").status_code == 302

        assert not Voice.objects.to_ring().exists()
        assert "Take it back" not in anyone.get(f"/track/{track}/").text
        assert anyone.post("/track/123456789012/ringing/").status_code == 404

    def test_they_are_rung_at_the_number_they_left_or_not_at_all(self, north):
        household = HouseholdFactory()
        PersonFactory(name="欧阳秀英", household=household, phone="13800000000")
        report, _code = reports.send(
            entrance=household.entrance,
            category=category(),
            said="门禁坏了",
            place_note="",
            sender=Sender("欧阳秀英", NUMBER, may_call=True, handlers_may_ring=True),
            photos=[],
        )
        assert Voice.objects.to_ring().count() == 1

        reports.complete(
            report.issue, title="门禁坏了", name="欧阳秀英", household=household, spoken=None, by=secretary()
        )

        assert not Voice.objects.to_ring().exists()


def test_erasing_somebody_leaves_nobody_to_ring(north):
    task = task_at(AssignmentState.ACCEPTED, openness=Openness.PUBLIC)
    voice = agreeing(task)

    erase(voice.person, with_words=False, by=secretary())

    assert ringing.to_ring(task) == []


def test_a_voice_added_at_the_door_may_agree_too(north):
    issue, household = IssueFactory(), HouseholdFactory()

    step1_visit.add_voice_at_door(issue, name="老李", household=household, consent=Consent(NUMBER), by=secretary())

    assert [voice.person.name for voice in issue.voices.to_ring()] == ["老李"]

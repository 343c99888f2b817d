"""A compound in which every address leads somewhere: one matter all the way through the steps, and one at each step."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import time_machine
from django.utils import timezone

from compounds.organisation.models import Household, Person, PostKind, SheetImport
from compounds.organisation.spreadsheet import taking_in, writing
from compounds.photos import intake
from compounds.registry.office import Office, OfficeLevel
from consultation.documents import making
from consultation.models import (
    Answer,
    Assignment,
    AttendanceKind,
    Category,
    Confirmation,
    Decision,
    DecisionOutcome,
    Deliberator,
    FollowUp,
    HoldReason,
    Issue,
    Mediation,
    MediationOutcome,
    Meeting,
    Openness,
    Outcome,
    Party,
    RatingChannel,
    ReferralLevel,
    Reopening,
    ResponsibleBody,
    SeatAnswer,
    SignUp,
    Supervision,
)
from consultation.quarters import Quarter
from consultation.services import (
    attending,
    flow,
    handler_links,
    hold,
    mediation,
    minutes,
    owners_vote,
    referral,
    reports,
    returns,
    scoring,
    scoring_life,
    step1_visit,
    step2_propose,
    step3_meet,
    step4_handle,
    step5_evaluate,
    supervision,
)
from consultation.services.step3_meet import Promise
from consultation.steps import Step
from notices import file_making, objections, postings
from notices.delivering import own, robots
from notices.models import ChannelName, PostingPlace, Spot
from notices.publishing import deciding, drafting
from tests.consultation.scoring import met, noon
from tests.factories import (
    BodyFactory,
    HouseholdFactory,
    IssueFactory,
    PersonFactory,
    UnitFactory,
    deliberator,
    four_seats,
)
from tests.pictures import a_picture
from tests.volunteers import help_scenery
from tests.volunteers import scenery as volunteers
from volunteers.models import HonourKind
from volunteers.services import honours, honours_given, honours_posted, rewards

# Names that nobody outside may read: a marker that no template, style or phrase contains.
MARK = "墨竹"


@dataclass(frozen=True)
class Scenery:
    """The people of the compound, and for each address a row that it leads to."""

    secretary: Person
    ended: Person
    arguments: dict[str, dict[str, Any]]

    def for_route(self, route: str) -> dict[str, Any]:
        """The arguments of the longest known beginning of a route; the API leads to the rows that the pages do."""
        route = route.removeprefix("api/v1/")
        known = [start for start in self.arguments if route.startswith(start)]
        return self.arguments[max(known, key=len)] if known else {}


def build() -> Scenery:
    """Stand in the compound and call it once."""
    secretary = PersonFactory(name=f"{MARK}支书", phone="13800000001", posts=[PostKind.BRANCH_SECRETARY])
    ended = PersonFactory(name="前楼长", posts=[PostKind.BUILDING_STEWARD])
    steward = PersonFactory(name=f"{MARK}楼长", posts=[PostKind.BUILDING_STEWARD])
    door = HouseholdFactory(door="墨101")
    issue = _recorded(door, by=steward)
    _sorted_and_listed(issue, by=secretary)
    draft = IssueFactory(step=Step.PROPOSE, title=f"{MARK}待列", recorded_by=steward)
    _sort(draft, by=secretary)
    step2_propose.put_on_list(draft, by=secretary)
    for step in Step:
        IssueFactory(step=step, title=f"{MARK}{step}", openness=Openness.MEMBERS, recorded_by=steward)
    IssueFactory(title=f"{MARK}密", openness=Openness.CONFIDENTIAL, recorded_by=steward)
    meeting = _met(issue, by=secretary)
    assignment = _handled(issue, by=secretary)
    place = PostingPlace.objects.order_by("pk").first()
    assert place is not None
    postings.tick(place, proof=a_picture(), now=timezone.now(), by=secretary)
    voice = issue.voices.get()
    token = step5_evaluate.make_link(voice, by=steward)
    sent, code = reports.send(
        entrance=door.entrance,
        category=Category.objects.get(name="噪声扰民"),
        said=f"{MARK}夜里有人敲墙",
        place_note="",
        sender=reports.Sender(name=f"{MARK}自报"),
        photos=[],
    )
    low, closed, mediated = _answered(steward, secretary)
    issue_photo = issue.photos.first()
    under_way = _under_way(by=secretary)
    seen = step1_visit.add_photo(under_way.issue, a_picture(), by=secretary)
    handler_token = handler_links.make(under_way, by=secretary)
    returned = _returned(by=secretary)
    told = assignment.result_posting
    assert told is not None
    objection, _code = objections.receive(
        told, channel="board", text=f"{MARK}不对", name=MARK, today=timezone.localdate(), by=None
    )
    making.make_waiting(timezone.now)
    file_making.make_waiting(timezone.now)
    report_photo = assignment.reports.get().photos[0]
    assert issue_photo is not None
    numbered = {"number": issue.number}
    waiting = hold.put(issue, reason=HoldReason.SEASON, question=f"{MARK}等雨季", by=secretary)
    met = {"number": meeting.number}
    task = {"pk": assignment.pk}
    return Scenery(
        secretary,
        ended,
        {
            "buildings/": {"number": door.entrance.building.number},
            "households/": {"pk": door.pk},
            "people/": {"pk": steward.pk},
            "posts/": {"pk": steward.posts.get().pk},
            "issues/": {**numbered, "photo_id": issue_photo.photo_id, "size": "small"},
            "issues/<issue:number>/help/": {"number": _to_be_helped(by=steward).number},
            "issues/<issue:number>/referral/answer/": {
                "number": Issue.objects.get(referrals__ended_at=None, referrals__isnull=False).number
            },
            "issues/<issue:number>/mediation/": {
                "number": mediated.issue.number,
                "pk": mediated.pk,
                "size": "small",
            },
            "supervisions/": {"pk": _demanded(draft).pk},
            "reopenings/": {"pk": low.pk},
            "follow-ups/": {"pk": closed.pk},
            "board/": {**numbered, "photo": issue_photo.photo_id, "size": "small"},
            "meetings/<int:number>/minutes/documents/": {**met, "kind": "docx"},
            "board/postings/": {"pk": told.pk},
            "board/<issue:number>/nudges/": {"number": under_way.issue.number, "pk": under_way.pk},
            "bodies/": {"pk": assignment.body_id},
            "promises/": {"pk": assignment.body_id},
            "objections/": {"pk": objection.pk},
            "postings/<int:pk>/objection/": {"pk": told.pk},
            "handle/": {"token": handler_token, "photo": seen.photo_id, "size": "small"},
            "issues/<issue:number>/hold/": {**numbered, "pk": waiting.pk},
            "lists/": {"edition": 1, "pk": issue.list_entries.get().pk},
            "meetings/": {**met, "position": 1, "pk": meeting.attendances.first().pk},
            "assignments/<int:pk>/return/decision/": {"pk": returned.pk},
            "assignments/<int:pk>/photos/": {**task, "photo": report_photo, "size": "small"},
            **_meeting_paper(meeting, coming=secretary),
            "assignments/": {**task, "verification": assignment.verifications.get().pk, "size": "small"},
            "postings/": {"pk": place.posting_id, "form": "a4", "building": door.entrance.building_id},
            "places/": {"pk": place.pk, "size": "small"},
            "rate/": {"token": token},
            "settings/places/": {"pk": door.entrance.building_id},
            "settings/entrances/": {"pk": door.entrance_id},
            "settings/groups/": {"pk": UnitFactory(parent=door.entrance.building.unit, name=f"{MARK}组").pk},
            "settings/import/": {"pk": _spreadsheet(by=secretary).pk},
            "settings/categories/": {"pk": issue.category_id},
            "settings/spots/": {"pk": Spot.objects.earliest("pk").pk},
            "doors/": {"pk": door.pk},
            "report/": {"entrance": door.entrance_id},
            "open311/": {**numbered, "code": str(issue.category_id), "kind": "xml"},
            "track/": {"code": code.replace(" ", "")},
            "issues/<issue:number>/report/": {"number": sent.issue.number},
            "posters/": {"building": door.entrance.building.number},
            "help/": {"slug": "steward"},
            **_scored(by=secretary),
            **_told_of(by=secretary),
            **_sent(by=secretary),
            **volunteers.took_part(by=secretary),
            **volunteers.planned_and_held(by=secretary),
            **help_scenery.helped(door, by=secretary),
            **_honoured(by=secretary),
        },
    )


def _to_be_helped(*, by: Person) -> Issue:
    """One with which a neighbour can help; nobody was asked yet."""
    category = Category.objects.get(name="困难帮扶")
    return IssueFactory(title=f"{MARK}灯坏了", category=category, openness=Openness.MEMBERS, recorded_by=by)


def _demanded(issue: Issue) -> Supervision:
    office = Office(OfficeLevel.DISTRICT, f"{MARK}区 · {MARK}主任")
    return supervision.demand(issue, question=f"{MARK}何时办结", working_days=5, by=office)


def _sent(*, by: Person) -> dict[str, dict[str, Any]]:
    """A robot that waits with a test message, and the secretary's wish to be told by e-mail."""
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=scenery-0001"
    robot = robots.add(name=f"{MARK}群", building=None, webhook=address, by=by)
    robots.test(robot, by=by)
    own.ask_for(ChannelName.EMAIL, email="who@example.org", urgent_only=False, now=timezone.now(), by=by)
    return {
        "settings/robots/": {"pk": robot.pk},
        "deliveries/": {"pk": robot.deliveries.get().pk},
        "my-messages/": {"channel": "email"},
    }


def _scored(*, by: Person) -> dict[str, dict[str, Any]]:
    """Two quarters' scoring: one that is open, with a scorer's link, and one whose result hangs."""
    last = Quarter.before(timezone.localdate())
    before = Quarter.before(last.first)
    with time_machine.travel(noon(before.first), tick=False):
        IssueFactory(title=f"{MARK}季度", openness=Openness.MEMBERS, recorded_by=by)
    for quarter in (before, last):
        met(PersonFactory(name=f"{MARK}议事员"), on=quarter.last)
    scorer = PersonFactory(name=f"{MARK}打分人", posts=[PostKind.RESIDENTS_REP])
    posted = scoring.open_round(before, today=before.opens_on())
    assert posted is not None
    assert posted.closes_on is not None
    scoring_life.freeze(posted, today=posted.closes_on + timedelta(days=1))
    scoring_life.post(posted, today=timezone.localdate())
    row = scoring.open_round(last, today=timezone.localdate())
    assert row is not None
    drawn = row.scorers.get(person=scorer)
    token = scoring.make_link(drawn, today=timezone.localdate(), by=by)
    return {
        "scoring/": {"quarter": row.label, "pk": drawn.pk},
        "scoring/<quarter:quarter>/correction/": {"quarter": posted.label},
        "board/scoring/": {"quarter": posted.label},
        "figures/": {"quarter": posted.label},
        "board/quarters/": {"quarter": posted.label},
        "score/": {"token": token},
    }


def _told_of(*, by: Person) -> dict[str, dict[str, Any]]:
    """A notice that hangs, with a photo."""
    wording = {"kind": "activity", "title": "踏青", "text": "周六见", "ends_on": timezone.localdate()}
    notice = drafting.write(wording, photos=[a_picture()], by=by)
    deciding.approve(notice, now=timezone.now(), by=by)
    deciding.publish(notice, now=timezone.now(), by=by)
    shown = {"pk": notice.pk, "photo": notice.photos[0], "size": "small"}
    return {"notices/": shown, "board/notices/": shown}


def _honoured(*, by: Person) -> dict[str, dict[str, Any]]:
    """A certificate of service with a reward that was signed for, and a good neighbour who hangs."""
    steward, today = PersonFactory(posts=[PostKind.BUILDING_STEWARD]), timezone.localdate()
    service = HonourKind.objects.get(name="志愿服务证书")
    person = PersonFactory(name=f"{MARK}志愿者")
    given = honours.propose(service, person, year=today.year, reason=f"{MARK}巡逻", by=steward)
    rewards.name(given, reward=f"{MARK}大米", value=Decimal(60), donor=f"{MARK}超市", by=by)
    honours.approve([given], by=by)
    honours_given.give([given], today=today, by=by)
    given = rewards.receive(given, on=today, receipt=a_picture(), by=by)
    neighbour = HonourKind.objects.get(name="好邻居")
    hanging = honours.propose(neighbour, person, year=today.year, reason=f"{MARK}热心", agreed_on=today, by=steward)
    posting = honours_posted.put_up(honours.approve([hanging], by=by), today=today, by=by)
    files = {"year": given.year, "kind": service.pk, "form": "pdf"}
    given.refresh_from_db()
    return {
        "honours/": {"pk": given.pk, "form": "pdf", "size": "small"},
        "honours/certificates/": files,
        "board/certificates/": {"number": given.certificate_number, "code": given.code},
        "board/honours/postings/": {"pk": posting.pk},
        "settings/honour-kinds/": {"pk": service.pk},
    }


def _spreadsheet(*, by: Person) -> SheetImport:
    return taking_in.keep(writing.template(), file_name=f"{MARK}.xlsx", now=timezone.now(), by=by)


def _meeting_paper(meeting: Meeting, *, coming: Person) -> dict[str, dict[str, Any]]:
    """What hangs on a meeting: invitations, sign-ups, an owners' vote, a written consent, a term on the council."""
    met, number = {"number": meeting.number}, "meetings/<int:number>/"
    later = IssueFactory(step=Step.MEET, title=f"{MARK}维修资金", recorded_by=coming)
    away = IssueFactory(step=Step.MEET, title=f"{MARK}缺席", recorded_by=coming)
    next_one = step3_meet.convene(
        starts_at=timezone.now() + timedelta(days=3), venue="活动室", issues=[later, away], by=coming
    )
    voted, absent = next_one.items.all()
    today = timezone.localdate()
    question = owners_vote.Question(5, f"{MARK}是否同意", today, today, 10, Decimal(900))
    cost = Promise(BodyFactory(), today + timedelta(days=9), Decimal(800), "maintenance_fund")
    vote = owners_vote.submit(voted, question, text=f"{MARK}提请表决", promise=cost, by=coming)
    decision = Decision.objects.create(
        item=absent, outcome=DecisionOutcome.PROVISIONAL, text=f"{MARK}暂定", recorded_by=coming, **vars(cost)
    )
    SeatAnswer.objects.create(
        decision=decision,
        party=Party.BRANCH,
        answer=Answer.AGREE,
        given_on=today,
        given_by=coming,
        paper=intake.keep(a_picture()),
        recorded_by=coming,
    )
    signed_up = SignUp.objects.create(meeting=next_one, name=f"{MARK}旁听", statement=f"{MARK}想说")
    coming_one = {"number": next_one.number}
    return {
        f"{number}invitations/": {**met, "pk": meeting.invitations.first().pk},
        f"{number}sign-ups/": {**coming_one, "pk": signed_up.pk},
        f"{number}items/<int:position>/consent/": {**coming_one, "position": 2, "party": "branch", "size": "small"},
        "board/meetings/": coming_one,
        "votes/": {"pk": vote.pk},
        "council/": {"pk": Deliberator.objects.earliest("pk").pk},
        "council/seats/": {"party": "branch"},
    }


def _recorded(door: Household, *, by: Person) -> Issue:
    return step1_visit.record(
        title=f"{MARK}电梯异响",
        said=f"{MARK}半夜响",
        category=Category.objects.get(name="电梯设备"),
        place=step1_visit.Place.at_door(door),
        spoken_by=f"{MARK}住户",
        photos=[a_picture()],
        by=by,
    )


def _sort(issue: Issue, *, by: Person) -> None:
    step2_propose.propose(
        issue,
        urgency="soon",
        concerns="frail",
        served="several",
        working_days=5,
        difficulty="moderate",
        suggestion=f"{MARK}商议",
        seen=None,
        by=by,
    )


def _sorted_and_listed(issue: Issue, *, by: Person) -> None:
    step1_visit.hand_over(issue, by=by)
    _sort(issue, by=by)
    step2_propose.publish(step2_propose.put_on_list(issue, by=by).issue_list, by=by)


def _met(issue: Issue, *, by: Person) -> Meeting:
    four_seats(residents=1)
    sitting = {party: deliberator(party) for party in Party}
    meeting = step3_meet.convene(starts_at=timezone.now(), venue="活动室", issues=[issue], by=by)
    for party, person in sitting.items():
        attending.sign_in(meeting, person, party=party, kind=AttendanceKind.DELIBERATOR, by=by)
    step3_meet.decide(
        meeting.items.get(),
        outcome=DecisionOutcome.CONSENSUS,
        text=f"{MARK}更换导靴",
        answers=dict.fromkeys(Party, (Answer.AGREE, "")),
        promise=Promise(BodyFactory(), timezone.localdate() + timedelta(days=5), Decimal(300), "property_fee"),
        by=by,
    )
    drawn_up = minutes.draw_up(meeting, by=by)
    for party, person in sitting.items():
        minutes.confirm(drawn_up, party=party, answer=Confirmation.CONFIRMED, person=person, by=by)
    minutes.issue(drawn_up, by=by)
    return meeting


def _under_way(*, by: Person) -> Assignment:
    """A task that a handler reports on through a link."""
    return step4_handle.accept(_handed_out(BodyFactory(contact_phone="13800001234"), by=by), by=by)


def _returned(*, by: Person) -> Assignment:
    """A task that waits for the branch's decision."""
    return returns.give_back(_handed_out(BodyFactory(), by=by), reason=f"{MARK}不归我们", by=by).assignment


def _handed_out(body: ResponsibleBody, *, by: Person) -> Assignment:
    due_on = timezone.localdate() + timedelta(days=5)
    issue = IssueFactory(step=Step.PROPOSE, title=f"{MARK}办理", openness=Openness.MEMBERS, recorded_by=by)
    issue = flow.advance(issue, Step.HANDLE, body=body, due_on=due_on, by=by)
    return Assignment.objects.create(issue=issue, body=body, task=f"{MARK}检修", due_on=due_on)


def _handled(issue: Issue, *, by: Person) -> Assignment:
    assignment = Assignment.objects.get(decision=Decision.objects.get())
    step4_handle.accept(assignment, by=by)
    step4_handle.report_done(assignment, report=f"{MARK}已更换", photos=[a_picture()], by=by)
    step4_handle.verify(assignment, passed=True, note="", photo=a_picture(), by=by)
    return assignment


def _answered(steward: Person, secretary: Person) -> tuple[Reopening, FollowUp, Mediation]:
    """A dissatisfied rating, a closed matter to ask about, a question passed upward, a dispute that was mediated."""
    rated = IssueFactory(step=Step.EVALUATE, title=f"{MARK}不满", openness=Openness.MEMBERS, recorded_by=steward)
    door = HouseholdFactory(door="墨102")
    voice = step1_visit.add_voice_at_door(rated, name=f"{MARK}某", household=door, by=steward)
    step5_evaluate.rate(
        rated,
        household=door,
        stars=1,
        reason=f"{MARK}还响",
        channel=RatingChannel.STEWARD,
        given_by=voice.person,
        by=steward,
    )
    closed = IssueFactory(step=Step.PROPOSE, title=f"{MARK}暂缓", recorded_by=steward)
    step5_evaluate.close(closed, outcome=Outcome.PLANNED, note="", by=secretary)
    asked = IssueFactory(step=Step.PROPOSE, title=f"{MARK}上报", recorded_by=steward)
    street = ReferralLevel.STREET
    referral.refer(asked, level=street, body=None, question=f"{MARK}请示", due_on=timezone.localdate(), by=secretary)
    dispute = IssueFactory(step=Step.PROPOSE, title=f"{MARK}纠纷", openness=Openness.CONFIDENTIAL, recorded_by=steward)
    begun = mediation.hand_over(dispute, mediator=f"{MARK}调解员", parties=f"{MARK}甲、{MARK}乙", by=secretary)
    ended = mediation.end(
        begun,
        met_on=timezone.localdate(),
        outcome=MediationOutcome.AGREED,
        note="",
        agreement=a_picture(),
        by=secretary,
    )
    return Reopening.objects.get(), FollowUp.objects.get(issue=closed), ended

"""Step 3, and the minutes of step 4: the parties sit down, agree item by item, confirm the minutes, and it binds."""

from decimal import Decimal

from django.utils import timezone

from consultation.models import (
    Confirmation,
    DecisionOutcome,
    LegalBasis,
    Meeting,
    Minutes,
    Party,
    PartySeat,
    ResponsibleBody,
    Voice,
)
from consultation.models.step3_meet import SEATED, AttendanceKind
from consultation.services import attending, meeting_record, owners_vote, step3_meet
from consultation.services import minutes as minutes_service
from consultation.services.step3_meet import Promise
from demo.stories.plans import MeetingPlan, ResultPlan, VotePlan
from demo.stories.stage import Stage
from demo.stories.telling import Story

VENUE = "邻聚里党群服务站"
EVENING = "19:30"
# Who is excused goes round; a step that shares no divisor with the council's usual size reaches everybody.
_EXCUSED_EVERY = 5


def meet(stage: Stage, plan: MeetingPlan) -> Story:
    """One meeting, as far as the plan has come; without ``held`` it is convened for the coming Friday."""
    yield stage.at(plan.convened)
    starts_at = stage.at(plan.held) if plan.held else stage.coming_friday(EVENING)
    issues = [stage.issues[key] for key in plan.keys]
    meeting = step3_meet.convene(starts_at=starts_at, venue=VENUE, issues=issues, by=stage.secretary)
    if plan.held is None or plan.drawn_up is None:
        return
    yield stage.at(plan.held)
    _sit_down(stage, meeting)
    _decide(stage, meeting, plan.results)
    yield stage.at(plan.drawn_up)
    minutes = minutes_service.draw_up(meeting, by=stage.secretary)
    for party, moment, remark in plan.confirmed:
        yield stage.at(moment)
        _confirm(stage, minutes, party, remark)
    if plan.issued:
        yield stage.at(plan.issued)
        minutes_service.issue(minutes, by=stage.secretary)


def _sit_down(stage: Stage, meeting: Meeting) -> None:
    """Everybody of the council but one, who is excused, by turns, and of no party the first; who spoke first listens.

    Where the residents' committee stands in for owners who have elected nobody yet, one of the community sits there.
    """
    spare = [person for party in Party for person in stage.council(party)[1:]]
    excused = spare[meeting.number * _EXCUSED_EVERY % len(spare)]
    people = [person for person in stage.council() if person != excused]
    attending.take_seats(meeting, people, by=stage.secretary)
    attending.excuse(meeting, excused, by=stage.secretary)
    owners = PartySeat.objects.on(timezone.localdate()).get(party=Party.OWNERS_COMMITTEE)
    if owners.legal_basis == LegalBasis.RESIDENTS_COMMITTEE:
        attending.sign_in(
            meeting, stage.of_community(), party=Party.OWNERS_COMMITTEE, kind=AttendanceKind.INVITED, by=stage.secretary
        )
    speaker = Voice.objects.filter(issue__agenda_items__meeting=meeting).earliest("created_at", "pk").person
    attending.sign_in(meeting, speaker, party=None, kind=AttendanceKind.OBSERVER, by=stage.secretary)


def _decide(stage: Stage, meeting: Meeting, results: tuple[ResultPlan, ...]) -> None:
    for item, result in zip(meeting.items.all(), results, strict=True):
        promise = None
        if result.outcome in {DecisionOutcome.CONSENSUS, DecisionOutcome.OWNERS_VOTE}:
            body = ResponsibleBody.objects.get(name=result.body)
            promise = Promise(body, stage.day(result.due), Decimal(result.cost), result.fund_source)
        if result.hands:
            no, neither = result.hands
            yes = meeting.attendances.filter(kind__in=SEATED).count() - no - neither
            meeting_record.count_hands(item, in_favour=yes, against=no, abstained=neither, by=stage.secretary)
        if result.dissent:
            meeting_record.dissent(item, attendance=None, text=result.dissent, by=stage.secretary)
        if result.vote and promise:
            owners_vote.submit(
                item, _question(stage, result.vote), text=result.text, promise=promise, by=stage.secretary
            )
            continue
        step3_meet.decide(
            item,
            outcome=result.outcome,
            text=result.text,
            answers=result.answers(),
            promise=promise,
            by=stage.secretary,
        )


def _question(stage: Stage, vote: VotePlan) -> owners_vote.Question:
    persons, area = vote.total
    return owners_vote.Question(
        article_item=vote.article_item,
        question=vote.question,
        ballot_from=stage.day(vote.begins),
        ballot_until=stage.day(vote.ends),
        total_persons=persons,
        total_area=Decimal(area),
    )


def _confirm(stage: Stage, minutes: Minutes, party: Party, remark: str) -> None:
    """By the first who sat for that party; where nobody did, its seat was vacant and nothing is waited for."""
    sat = minutes.meeting.attendances.filter(party=party, kind__in=SEATED).select_related("person").first()
    if sat is None:
        return
    answer = Confirmation.REMARK if remark else Confirmation.CONFIRMED
    minutes_service.confirm(minutes, party=party, answer=answer, remark=remark, person=sat.person, by=sat.person)

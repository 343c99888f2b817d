"""Step 3, and the minutes of step 4: the parties sit down, agree item by item, confirm the minutes, and it binds."""

from decimal import Decimal

from consultation.models import Confirmation, DecisionOutcome, Meeting, Minutes, Party, ResponsibleBody, Voice
from consultation.models.step3_meet import AttendanceKind
from consultation.services import minutes as minutes_service
from consultation.services import step3_meet
from consultation.services.step3_meet import Promise
from demo.stories.plans import MeetingPlan, ResultPlan
from demo.stories.stage import Stage
from demo.stories.telling import Story

VENUE = "邻聚里党群服务站"
EVENING = "19:30"


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
    """Everybody of the council but one, who is excused; who spoke first listens."""
    *sitting, excused = stage.council()
    for person in sitting:
        step3_meet.take_seat(meeting, person, by=stage.secretary)
    step3_meet.excuse(meeting, excused, by=stage.secretary)
    speaker = Voice.objects.filter(issue__agenda_items__meeting=meeting).earliest("created_at", "pk").person
    step3_meet.sign_in(meeting, speaker, party=None, kind=AttendanceKind.OBSERVER, by=stage.secretary)


def _decide(stage: Stage, meeting: Meeting, results: tuple[ResultPlan, ...]) -> None:
    for item, result in zip(meeting.items.all(), results, strict=True):
        promise = None
        if result.outcome == DecisionOutcome.CONSENSUS:
            body = ResponsibleBody.objects.get(name=result.body)
            promise = Promise(body, stage.day(result.due), Decimal(result.cost), result.fund_source)
        step3_meet.decide(
            item,
            outcome=result.outcome,
            text=result.text,
            answers=result.answers(),
            promise=promise,
            by=stage.secretary,
        )


def _confirm(stage: Stage, minutes: Minutes, party: Party, remark: str) -> None:
    person = stage.council(party)[0]
    answer = Confirmation.REMARK if remark else Confirmation.CONFIRMED
    minutes_service.confirm(minutes, party=party, answer=answer, remark=remark, person=person, by=person)

"""Tales become stories: each matter's steps, the editions that list it, the meetings where it was talked about."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from consultation.models import MediationOutcome, OwnersVote, Party, ResponsibleBody
from consultation.services import (
    hold,
    mediation,
    must_report,
    nudges,
    objections,
    owners_vote,
    referral,
    reopening,
    returns,
    step2_settle,
    step5_evaluate,
)
from consultation.services.referral import Next
from consultation.steps import Step
from demo.pictures.camera import taken
from demo.stories.days import Days
from demo.stories.first_steps import publish_list, raise_matter, sort
from demo.stories.handling import handle
from demo.stories.meetings import meet
from demo.stories.plans import MeetingPlan, Moment, VotePlan
from demo.stories.stage import Stage
from demo.stories.tales import HoldPlan, MediationPlan, ObjectionPlan, ReferralPlan, ReturnPlan, Tale, Talk, ToldPlan
from demo.stories.telling import Story
from notices import objections as received
from notices.models import Objection, ObjectionChannel, Posting


def unfold(stage: Stage, tales: list[Tale], published: Iterable[Moment]) -> list[Story]:
    """All stories of these matters; ``published`` are the editions that come out anyway."""
    editions = {tale.listed for tale in tales if tale.listed}
    editions |= {talk.relisted for tale in tales for talk in tale.talks if talk.relisted}
    return [
        *(raise_matter(stage, tale.matter) for tale in tales),
        *(publish_list(stage, moment) for moment in sorted(editions - set(published))),
        *(meet(stage, meeting) for meeting in _meetings(stage, tales)),
        *(_relisted(stage, tale, talk) for tale in tales for talk in tale.talks if talk.relisted),
        *(story for tale in tales for story in _aside(stage, tale)),
        *(_worked_on(stage, tale) for tale in tales),
    ]


def _meetings(stage: Stage, tales: list[Tale]) -> list[MeetingPlan]:
    """One for each evening: drawn up the next working day, confirmed that day and the following one, then issued."""
    talks: dict[Moment, list[tuple[Tale, Talk]]] = {}
    for tale in tales:
        for talk in tale.talks:
            talks.setdefault(talk.held, []).append((tale, talk))
    return [_meeting(stage, held, items) for held, items in talks.items()]


def _meeting(stage: Stage, held: Moment, items: list[tuple[Tale, Talk]]) -> MeetingPlan:
    evening, _clock = held
    days = Days(f"meeting {stage.day(evening)}", stage.today)
    first, second, third = (days.later(evening, n) for n in (1, 2, 3))
    return MeetingPlan(
        convened=days.soon(min(evening + 7, *(tale.listed[0] for tale, _talk in items if tale.listed)), 15),
        keys=tuple(tale.key for tale, _talk in items),
        held=held,
        results=tuple(talk.result for _tale, talk in items),
        drawn_up=days.soon(first, 9),
        confirmed=(
            (Party.BRANCH, days.soon(first, 10), ""),
            (Party.PROPERTY_COMPANY, days.soon(first, 15), ""),
            (Party.RESIDENTS, days.soon(first, 20), ""),
            (Party.OWNERS_COMMITTEE, days.soon(second, 9), ""),
        ),
        issued=days.at(third, "09:00"),
    )


def _relisted(stage: Stage, tale: Tale, talk: Talk) -> Story:
    """Back at the branch without agreement, it is sorted anew."""
    if talk.sorted_anew:
        yield stage.at(talk.sorted_anew.when)
        sort(stage.issues[tale.key], talk.sorted_anew, stage)


def _worked_on(stage: Stage, tale: Tale) -> Story:
    """Handed out, done and closed; or done again, where somebody was not satisfied."""
    if direct := tale.direct:
        yield stage.at(direct.when)
        step2_settle.hand_out(
            stage.issues[tale.key],
            body=ResponsibleBody.objects.get(name=direct.body),
            task=direct.task,
            due_on=stage.day(direct.due),
            danger=direct.danger,
            reason=direct.reason,
            by=stage.secretary,
        )
    if tale.talks and (vote := tale.talks[-1].result.vote) and vote.counted:
        yield stage.at(vote.counted)
        _count(stage, tale, vote)
    for handling in tale.handlings[:1]:
        yield from handle(stage, handling)
    if again := tale.reopening:
        yield stage.at(again.when)
        waiting = stage.issues[tale.key].reopenings.waiting().earliest("pk")
        reopening.back_to_body(waiting, due_on=stage.day(again.due), note=again.note, by=stage.secretary)
    if tale.objection and tale.objection.rework_due is not None:
        yield from _objected(stage, tale, tale.objection)
    for handling in tale.handlings[1:]:
        yield from handle(stage, handling)
    if end := tale.closing:
        yield stage.at(end.when)
        body = ResponsibleBody.objects.get(name=end.body) if end.body else None
        step5_evaluate.close(
            stage.issues[tale.key], outcome=end.outcome, note=end.note, answerable=body, by=stage.secretary
        )


def _count(stage: Stage, tale: Tale, vote: VotePlan) -> None:
    row = OwnersVote.objects.get(issue=stage.issues[tale.key])
    (persons, area), (for_persons, for_area) = vote.took_part, vote.in_favour
    counted = owners_vote.Counted(
        took_part_persons=persons,
        took_part_area=Decimal(area),
        for_persons=for_persons,
        for_area=Decimal(for_area),
        counted_on=timezone.localdate(),
    )
    agreed = tale.talks[-1].result
    body = ResponsibleBody.objects.get(name=agreed.body)
    owners_vote.count(row, counted, body=body, due_on=stage.day(agreed.due), by=stage.secretary)


def _objected(stage: Stage, tale: Tale, plan: ObjectionPlan) -> Story:
    yield stage.at(plan.when)
    posting = Posting.objects.filter(assignment_of_completion__issue=stage.issues[tale.key]).latest("pk")
    objection, _code = received.receive(
        posting,
        channel=ObjectionChannel.STEWARD,
        text=plan.text,
        name=plan.name,
        today=timezone.localdate(),
        by=stage.steward(tale.matter.building),
    )
    if plan.answered:
        yield stage.at(plan.answered)
        _answer(stage, objection, plan)


def _answer(stage: Stage, objection: Objection, plan: ObjectionPlan) -> None:
    if plan.rework_due is None:
        objections.dismiss(objection, answer=plan.answer, by=stage.secretary)
        return
    body = objection.posting.assignment_of_completion.body
    due_on = stage.day(plan.rework_due)
    objections.uphold_for_rework(objection, answer=plan.answer, body=body, due_on=due_on, by=stage.secretary)


def _aside(stage: Stage, tale: Tale) -> list[Story]:
    """What happens beside the steps, each in its own time."""
    found = [_held_up(stage, tale, plan) for plan in tale.holds]
    found += [_looked_at(stage, tale, when) for when in tale.looked]
    found += [_urged(stage, tale, when, words) for when, words in tale.nudges]
    if tale.referral:
        found.append(_referred(stage, tale, tale.referral))
    if tale.reported:
        found.append(_reported(stage, tale, tale.reported))
    if tale.mediation:
        found.append(_mediated(stage, tale, tale.mediation))
    if tale.objection and tale.objection.rework_due is None:
        found.append(_objected(stage, tale, tale.objection))
    if tale.returned:
        found.append(_given_back(stage, tale, tale.returned))
    return found


def _held_up(stage: Stage, tale: Tale, plan: HoldPlan) -> Story:
    yield stage.at(plan.begun)
    row = hold.put(stage.issues[tale.key], reason=plan.reason, question=plan.question, by=stage.secretary)
    if plan.ended:
        yield stage.at(plan.ended)
        hold.end(row, answer=plan.answer, by=stage.secretary)


def _looked_at(stage: Stage, tale: Tale, when: Moment) -> Story:
    yield stage.at(when)
    hold.keep_on(stage.issues[tale.key].holds.active().get(), by=stage.secretary)


def _urged(stage: Stage, tale: Tale, when: Moment, words: str) -> Story:
    yield stage.at(when)
    by = stage.secretary if words else None
    nudges.urge(stage.issues[tale.key].assignments.latest("pk"), words=words, by=by)


def _referred(stage: Stage, tale: Tale, plan: ReferralPlan) -> Story:
    issue = stage.issues
    if plan.sent:
        yield stage.at(plan.sent)
        referral.refer(
            issue[tale.key],
            level=plan.level,
            body=ResponsibleBody.objects.get(name=plan.body) if plan.body else None,
            question=plan.question,
            due_on=stage.day(plan.due),
            by=stage.secretary,
        )
    if plan.answered:
        yield stage.at(plan.answered)
        row = issue[tale.key].referrals.waiting().get()
        referral.answer(row, answer=plan.answer, to=Next(Step.EVALUATE), by=stage.secretary)


def _reported(stage: Stage, tale: Tale, plan: ToldPlan) -> Story:
    yield stage.at(plan.when)
    issue = stage.issues[tale.key]
    must_report.report(issue, to=plan.to, reported_at=timezone.now(), note=plan.note, by=stage.secretary)


def _mediated(stage: Stage, tale: Tale, plan: MediationPlan) -> Story:
    yield stage.at(plan.handed)
    issue = stage.issues[tale.key]
    row = mediation.hand_over(issue, mediator=plan.mediator, parties=plan.parties, by=stage.secretary)
    if plan.met:
        yield stage.at(plan.met)
        paper = taken("receipt", timezone.now())
        mediation.end(
            row,
            met_on=timezone.localdate(),
            outcome=MediationOutcome.AGREED,
            note=plan.note,
            agreement=paper,
            by=stage.secretary,
        )


def _given_back(stage: Stage, tale: Tale, plan: ReturnPlan) -> Story:
    yield stage.at(plan.when)
    task = stage.issues[tale.key].assignments.select_related("body").latest("pk")
    row = returns.give_back(task, reason=plan.reason, by=stage.worker_of(task.body))
    if plan.again:
        yield stage.at(plan.again)
        returns.hand_out_again(row, body=task.body, due_on=stage.day(plan.due), note=plan.note, by=stage.secretary)

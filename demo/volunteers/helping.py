"""Neighbours ask for help: who was asked, who helped, and what was said of it."""

from datetime import timedelta

from django.utils import timezone

from demo.stories.stage import Stage
from demo.stories.telling import Story
from demo.volunteers.needs import NEEDS, NeedPlan, Turn
from volunteers.models import HelpOffer, HelpRequest, OfferState, ServiceRecord
from volunteers.services import helping, hours
from volunteers.services.helping import Need


def tell_helping(stage: Stage) -> list[Story]:
    return [_one(stage, plan) for plan in NEEDS]


def _one(stage: Stage, plan: NeedPlan) -> Story:
    """Asked at the door, written down by the group's lead; then one turn after the other."""
    yield stage.at(plan.asked)
    request = _ask(stage, plan)
    for when, turn in plan.turns:
        yield stage.at(when)
        _turn(stage, plan, request, turn)
        if turn == Turn.DONE and plan.words:
            yield timezone.now() + timedelta(hours=2)
            helping.thank(request, words=plan.words, now=timezone.now())


def _ask(stage: Stage, plan: NeedPlan) -> HelpRequest:
    asks = stage.neighbour(plan.building)
    group = asks.household.group
    need = Need(
        skill=plan.skill,
        text=plan.text,
        household=asks.household,
        asker_name=asks.person.name,
        asker_phone=asks.person.phone if plan.may_be_rung else "",
        needed_by=timezone.localdate() + timedelta(days=plan.in_days) if plan.in_days else None,
    )
    by = stage.lead(plan.building, group.position) if group else stage.steward(plan.building)
    return helping.ask(need, now=timezone.now(), by=by)


def _turn(stage: Stage, plan: NeedPlan, request: HelpRequest, turn: Turn) -> None:
    now = timezone.now()
    match turn:
        case Turn.DECLINED:
            helping.decline(_offer(request, OfferState.WAITING), now=now)
        case Turn.EXPIRED:
            helping.pass_on(now)
        case Turn.ACCEPTED:
            helping.accept(_offer(request, OfferState.WAITING), now=now)
        case Turn.DONE:
            offer = _offer(request, OfferState.ACCEPTED)
            by = offer.volunteer.person
            helping.done(offer, minutes=plan.minutes, served_on=timezone.localdate(), now=now, by=by)
            hours.approve(ServiceRecord.objects.filter(offer=offer), now=now, by=stage.secretary)
        case Turn.WITHDRAWN:
            helping.withdraw(request, why=plan.words, now=now)


def _offer(request: HelpRequest, state: OfferState) -> HelpOffer:
    return request.offers.select_related("volunteer__person").get(state=state)

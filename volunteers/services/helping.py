"""Help among neighbours: asked for, offered to one volunteer after the other, accepted, done, thanked.

One volunteer is asked at a time. Whoever declines, or does not answer in time, makes room for the next; when nobody is
left, the branch is asked. All of it under the lock of the request, so that of an answer and the end of its time one
comes first, and the other finds what is so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from compounds.organisation import audit
from compounds.organisation.models import Household, Person
from compounds.oversight.outbox import touch
from notices import reminders
from volunteers import answer_time, matching
from volunteers.errors.helping import (
    AskedBefore,
    AsksForThemselves,
    NotYourTurn,
    OfferGone,
    RequestClosed,
    ThanksTooEarly,
)
from volunteers.errors.volunteers import ConsentWithdrawn
from volunteers.matching import Match
from volunteers.models import HelpOffer, HelpRequest, HelpState, OfferState, Skill, Volunteer
from volunteers.services import hours

log = structlog.get_logger(__name__)

# The same words for the same door within this time are the same request.
_SENT_TWICE = timedelta(minutes=10)
_LIVE = [OfferState.WAITING, OfferState.ACCEPTED]


@dataclass(frozen=True)
class Need:
    """What is needed, where, and who says so. Name and number only with their word that the helper may have them."""

    skill: Skill
    text: str
    household: Household | None = None
    asker_name: str = ""
    asker_phone: str = ""
    needed_by: date | None = None
    # The matter from which it came, if it came from one.
    issue_number: str = ""


@transaction.atomic
def ask(need: Need, *, now: datetime, by: Person) -> HelpRequest:
    """Write a request down and ask the first volunteer.

    A matter has one request, and a form that was sent twice is one request: the same again is that one.
    """
    # Whoever sends twice at once waits for themselves here.
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if known := _known(need, now, by):
        return known
    try:
        with transaction.atomic():
            request = HelpRequest.objects.create(**vars(need), recorded_by=by)
    except IntegrityError:
        # Somebody else looks for help with this matter; theirs is committed, since its number was waited for.
        return HelpRequest.objects.get(issue_number=need.issue_number)
    _ask_next(request, now)
    log.info("help_asked", request=request.pk, skill=need.skill)
    return request


@transaction.atomic
def accept(offer: HelpOffer, *, now: datetime) -> HelpOffer:
    """The volunteer will help; now they learn who asks. Raises OfferGone."""
    offer = _locked(offer, OfferState.WAITING)
    _answered(offer, OfferState.ACCEPTED, now)
    _move(offer.request, HelpState.ACCEPTED)
    return offer


@transaction.atomic
def decline(offer: HelpOffer, *, now: datetime) -> HelpOffer:
    """The volunteer cannot; the next one is asked. Raises OfferGone."""
    offer = _locked(offer, OfferState.WAITING)
    _answered(offer, OfferState.DECLINED, now)
    _ask_next(offer.request, now)
    return offer


@transaction.atomic
def give_back(offer: HelpOffer, *, now: datetime) -> HelpOffer:
    """Whoever agreed cannot after all; the next one is asked. Raises OfferGone."""
    offer = _locked(offer, OfferState.ACCEPTED)
    _answered(offer, OfferState.CALLED_OFF, now)
    _ask_next(offer.request, now)
    return offer


@transaction.atomic
def done(offer: HelpOffer, *, minutes: int, served_on: date, now: datetime, by: Person) -> HelpOffer:
    """The help was given; it becomes a line of hours. Raises OfferGone, HoursInFuture, TooManyHours."""
    offer = _locked(offer, OfferState.ACCEPTED)
    hours.record_help(offer, on=served_on, minutes=minutes, now=now, by=by)
    offer.minutes = minutes
    _answered(offer, OfferState.DONE, now)
    _move(offer.request, HelpState.DONE, at=now)
    return offer


@transaction.atomic
def thank(request: HelpRequest, *, words: str, now: datetime) -> HelpRequest:
    """What the asker says of it, written down once. Raises ThanksTooEarly."""
    request = HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.state != HelpState.DONE or request.thanked_at:
        raise ThanksTooEarly
    request.thanks, request.thanked_at = words, now
    request.save(update_fields=["thanks", "thanked_at", "updated_at"])
    reminders.look_again()
    return request


@transaction.atomic
def withdraw(request: HelpRequest, *, why: str, now: datetime) -> HelpRequest:
    """No longer needed; whoever was asked or has agreed is told. Raises RequestClosed."""
    request = _open(request)
    for offer in request.offers.filter(state__in=_LIVE):
        _answered(offer, OfferState.CALLED_OFF, now)
    request.closed_why = why
    _move(request, HelpState.WITHDRAWN, at=now)
    return request


@transaction.atomic
def pick(request: HelpRequest, volunteer: Volunteer, *, now: datetime) -> HelpOffer:
    """Ask this volunteer next, whoever was asked before them.

    Raises RequestClosed, NotYourTurn, AskedBefore, AsksForThemselves, ConsentWithdrawn.
    """
    request = _open(request)
    volunteer = Volunteer.objects.select_related("person").get(pk=volunteer.pk)
    if volunteer.withdrawn_on:
        raise ConsentWithdrawn
    if request.state == HelpState.ACCEPTED:
        raise NotYourTurn(name=request.offers.get(state=OfferState.ACCEPTED).volunteer)
    if request.offers.filter(volunteer=volunteer).exists():
        raise AskedBefore(name=volunteer)
    found = [one for one in matching.others(request, on=timezone.localdate(now)) if one.volunteer == volunteer]
    found += [one for one in matching.matches(request, on=timezone.localdate(now)) if one.volunteer == volunteer]
    if not found:
        raise AsksForThemselves(name=volunteer)
    for waiting in request.offers.filter(state=OfferState.WAITING):
        _answered(waiting, OfferState.CALLED_OFF, now)
    return _offer(request, found[0], now)


@transaction.atomic
def look_further(request: HelpRequest, *, now: datetime) -> HelpRequest:
    """Look again for somebody, for instance after somebody new has joined. Raises RequestClosed."""
    request = _open(request)
    if request.state == HelpState.NOBODY:
        _ask_next(request, now)
    return request


@transaction.atomic
def phone_of(request: HelpRequest, *, reason: str, by: Person) -> str:
    """The asker's number in full; who looked and why is kept, the number is not."""
    audit.record("help.reveal_phone", about=request.pk, by=by, reason=reason)
    return request.asker_phone


def pass_on(now: datetime) -> datetime | None:
    """Those whose time to answer is over make room for the next. Returns when the next one's will be.

    Runs at any time, twice at once, or late: each offer ends once.
    """
    for pk in list(HelpOffer.objects.running_out(now).order_by("request", "pk").values_list("pk", flat=True)):
        _expire(pk, now)
    waiting = HelpOffer.objects.filter(state=OfferState.WAITING).order_by("answer_by")
    return waiting.values_list("answer_by", flat=True).first()


@transaction.atomic
def free(volunteer: Volunteer, *, now: datetime) -> None:
    """The volunteer is not there any more: whatever they were asked or have agreed to goes to the next."""
    for offer in _in_order(volunteer.offers.filter(state__in=_LIVE)):
        try:
            held = _locked(offer, *_LIVE)
        except OfferGone:
            # Answered, passed on or freed in the last moment.
            continue
        _answered(held, OfferState.CALLED_OFF, now)
        _ask_next(held.request, now)


@transaction.atomic
def _expire(pk: int, now: datetime) -> None:
    offer = HelpOffer.objects.select_related("request").get(pk=pk)
    try:
        offer = _locked(offer, OfferState.WAITING)
    except OfferGone:
        # It was answered in the last moment, or another look was first.
        return
    _answered(offer, OfferState.EXPIRED, now)
    _ask_next(offer.request, now)


def _known(need: Need, now: datetime, by: Person) -> HelpRequest | None:
    if need.issue_number:
        return HelpRequest.objects.filter(issue_number=need.issue_number).first()
    lately = HelpRequest.objects.open().filter(recorded_by=by, created_at__gte=now - _SENT_TWICE)
    return lately.filter(skill=need.skill, text=need.text, household=need.household).first()


def _locked(offer: HelpOffer, *needed: OfferState) -> HelpOffer:
    """The offer as it is now, in one of these states, under its request's lock. Raises OfferGone."""
    request = HelpRequest.objects.select_for_update(of=("self",)).get(pk=offer.request_id)
    offer = HelpOffer.objects.select_related("volunteer__person").get(pk=offer.pk)
    if offer.state not in needed:
        raise OfferGone
    offer.request = request
    return offer


def _open(request: HelpRequest) -> HelpRequest:
    request = HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.state in {HelpState.DONE, HelpState.WITHDRAWN}:
        raise RequestClosed
    return request


def _ask_next(request: HelpRequest, now: datetime) -> None:
    """Ask the first of those who could help; the branch when nobody is left."""
    found = matching.matches(request, on=timezone.localdate(now))
    if found:
        _offer(request, found[0], now)
    else:
        _move(request, HelpState.NOBODY)


def _offer(request: HelpRequest, match: Match, now: datetime) -> HelpOffer:
    offer = HelpOffer.objects.create(
        request=request,
        volunteer=match.volunteer,
        reasons=match.reasons,
        asked_at=now,
        answer_by=answer_time.answer_by(now),
    )
    _move(request, HelpState.OPEN)
    return offer


def _answered(offer: HelpOffer, state: OfferState, now: datetime) -> None:
    """From now on it stands so. What they agreed to was answered when they agreed, not when it was done."""
    offer.state = state
    if state != OfferState.DONE:
        offer.answered_at = now
    offer.save(update_fields=["state", "answered_at", "minutes", "updated_at"])


def _move(request: HelpRequest, state: HelpState, *, at: datetime | None = None) -> None:
    request.state, request.closed_at = state, at
    request.save(update_fields=["state", "closed_at", "closed_why", "updated_at"])
    touch("help")
    reminders.look_again()


def _in_order(offers: Iterable[HelpOffer]) -> list[HelpOffer]:
    """By request, so that two who lock several wait for each other instead of blocking each other."""
    return sorted(offers, key=lambda offer: offer.request_id)

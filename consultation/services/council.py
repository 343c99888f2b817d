"""The four seats and the council (百姓议事堂): who fills which seat on what basis, and who deliberates for whom."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from compounds.organisation import audit
from compounds.organisation.models import Level, Person, PostKind, Unit
from compounds.oversight.outbox import touch
from consultation.errors import PostDoesNotFit, SeatTaken, SitsAlready
from consultation.models import Deliberator, LegalBasis, Party, PartySeat, ResponsibleBody

# Whose people sit for which party: the five kinds of deliberators (五类议事员), and the seats' own people.
FITTING: dict[Party, tuple[PostKind, ...]] = {
    Party.BRANCH: (PostKind.BRANCH_SECRETARY, PostKind.BRANCH_COMMITTEE, PostKind.PARTY_MEMBER),
    Party.PROPERTY_COMPANY: (PostKind.PROPERTY_STAFF,),
    Party.OWNERS_COMMITTEE: (PostKind.OWNERS_COMMITTEE,),
    Party.RESIDENTS: (
        PostKind.RESIDENTS_REP,
        PostKind.BUILDING_STEWARD,
        PostKind.VOLUNTEER_LEADER,
        PostKind.PARTY_MEMBER,
    ),
}
# People needed on the residents' seat where nothing else is set (domain: Seats).
RESIDENTS_MINIMUM = 3


@transaction.atomic
def fill(
    party: Party,
    *,
    body: ResponsibleBody | None,
    body_name: str,
    legal_basis: LegalBasis,
    minimum: int,
    starts_on: date,
    by: Person,
) -> PartySeat:
    """From that day on this body fills the party's seat; what was before ends the day before. Raises SeatTaken."""
    _make_room(party, starts_on)
    seat = _save(
        PartySeat(
            party=party,
            body=body,
            body_name=body_name,
            legal_basis=legal_basis,
            minimum=minimum,
            starts_on=starts_on,
        )
    )
    audit.record("seat.fill", about=seat, by=by, party=party, starts_on=starts_on.isoformat(), basis=legal_basis)
    touch("seats")
    return seat


@transaction.atomic
def declare_vacant(party: Party, *, reason: str, starts_on: date, ends_on: date, by: Person) -> PartySeat:
    """The general branch: nobody is waited for until ``ends_on``; afterwards the seat must be filled again.

    Raises SeatTaken.
    """
    _make_room(party, starts_on)
    seat = _save(PartySeat(party=party, vacant=True, vacancy_reason=reason, starts_on=starts_on, ends_on=ends_on))
    audit.record(
        "seat.declare_vacant",
        about=seat,
        by=by,
        party=party,
        reason=reason,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    touch("seats")
    return seat


@transaction.atomic
def appoint(person: Person, *, party: Party, starts_on: date, ends_on: date | None, by: Person) -> Deliberator:
    """Somebody with a fitting post sits on the council for a party. Raises PostDoesNotFit, SitsAlready."""
    posts = person.posts.serving(max(starts_on, timezone.localdate()))
    if not posts.filter(kind__in=FITTING[party]).exists():
        words = "、".join(str(kind.label) for kind in FITTING[party])
        raise PostDoesNotFit(name=person.name, party=party.label, posts=words)
    try:
        with transaction.atomic():
            term = Deliberator.objects.create(person=person, party=party, starts_on=starts_on, ends_on=ends_on)
    except IntegrityError as error:
        raise SitsAlready(name=person.name) from error
    audit.record("council.appoint", about=term, by=by, party=party, starts_on=starts_on.isoformat())
    touch("council")
    return term


@transaction.atomic
def end(term: Deliberator, *, on: date, by: Person) -> Deliberator:
    """The term ends with that day, which still counts; a later end may be brought forward, never put off."""
    term = Deliberator.objects.select_for_update(of=("self",)).select_related("person").get(pk=term.pk)
    term.ends_on = max(min(on, term.ends_on or on), term.starts_on)
    term.save(update_fields=["ends_on", "updated_at"])
    audit.record("council.end", about=term, by=by, on=term.ends_on.isoformat())
    touch("council")
    return term


def _make_room(party: Party, starts_on: date) -> None:
    # One seat is arranged at a time.
    Unit.objects.select_for_update().get(level=Level.BRANCH)
    current = PartySeat.objects.on(starts_on).filter(party=party).first()
    if current and current.starts_on < starts_on:
        current.ends_on = starts_on - timedelta(days=1)
        current.save(update_fields=["ends_on", "updated_at"])


def _save(seat: PartySeat) -> PartySeat:
    try:
        with transaction.atomic():
            seat.save(force_insert=True)
    except IntegrityError as error:
        raise SeatTaken(day=date_format(seat.starts_on), party=Party(seat.party).label) from error
    return seat

"""The council of a compound: its bodies, who fills the four seats since when, and who deliberates for which party."""

from datetime import date, timedelta

from compounds.organisation.models import Level, Person, Post, PostKind, Unit
from consultation.models import Deliberator, Party, PartySeat, ResponsibleBody
from demo.holders import holders
from demo.stories.plans import BodyPlan, SeatPlan

# How many holders of which post sit for which party; whoever sits already is passed over.
type Sitting = tuple[tuple[Party, PostKind, int], ...]
# The council was elected together with the owners' committee (demo.cast).
ELECTED_DAYS_AGO = 500


def set_up(bodies: tuple[BodyPlan, ...], seats: tuple[SeatPlan, ...], sitting: Sitting, today: date) -> None:
    """Write down a compound's bodies, seats and deliberators."""
    rows = ResponsibleBody.objects.bulk_create(ResponsibleBody(kind=body.kind, name=body.name) for body in bodies)
    by_name = {body.name: body for body in rows}
    founded_on = Unit.objects.get(level=Level.BRANCH).founded_on or today
    PartySeat.objects.bulk_create(
        PartySeat(
            party=seat.party,
            body=by_name.get(seat.body),
            body_name=seat.body,
            legal_basis=seat.basis or "",
            vacant=bool(seat.vacancy),
            vacancy_reason=seat.vacancy,
            minimum=seat.minimum,
            starts_on=founded_on if seat.since is None else today - timedelta(days=seat.since),
            ends_on=None if seat.until is None else today - timedelta(days=seat.until),
        )
        for seat in seats
    )
    _elect(sitting, today)


def _elect(sitting: Sitting, today: date) -> None:
    chosen: dict[int, tuple[Person, Party, PostKind]] = {}
    for party, kind, number in sitting:
        free = [person for person in holders(kind, today) if person.pk not in chosen]
        chosen |= {person.pk: (person, party, kind) for person in free[:number]}
    elected_on = today - timedelta(days=ELECTED_DAYS_AGO)
    Deliberator.objects.bulk_create(
        # Nobody deliberates before they held the post for which they were chosen.
        Deliberator(person=person, party=party, starts_on=max(elected_on, _since(person, kind, today)))
        for person, party, kind in chosen.values()
    )


def _since(person: Person, kind: PostKind, today: date) -> date:
    return Post.objects.serving(today).filter(person=person, kind=kind).earliest("starts_on").starts_on

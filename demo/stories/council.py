"""The council of a compound: its bodies, who fills the four seats since when, and who deliberates for which party."""

from dataclasses import dataclass
from datetime import date

from compounds.organisation.models import Level, Person, Post, PostKind, Unit
from consultation.models import Deliberator, Party, PartySeat, ResponsibleBody
from demo.holders import holders
from demo.stories.plans import BodyPlan, SeatPlan

# How many holders of which post sit for which party; whoever sits already is passed over.
type Sitting = tuple[tuple[Party, PostKind, int], ...]


@dataclass(frozen=True)
class CouncilPlan:
    """Who deliberates since ``first_on``, or since they hold the post; and who did while they held it."""

    first_on: date
    sitting: Sitting
    former: Sitting = ()


def set_up(bodies: tuple[BodyPlan, ...], seats: tuple[SeatPlan, ...], council: CouncilPlan, today: date) -> None:
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
            starts_on=seat.since or founded_on,
            ends_on=seat.until,
        )
        for seat in seats
    )
    _elect(council, today)


def _elect(council: CouncilPlan, today: date) -> None:
    chosen: dict[int, tuple[Person, Party, PostKind]] = {}
    for party, kind, number in council.sitting:
        free = [person for person in holders(kind, today) if person.pk not in chosen]
        chosen |= {person.pk: (person, party, kind) for person in free[:number]}
    Deliberator.objects.bulk_create(
        # Nobody deliberates before they held the post for which they were chosen.
        Deliberator(person=person, party=party, starts_on=max(council.first_on, _since(person, kind)))
        for person, party, kind in chosen.values()
    )
    for party, kind, number in council.former:
        ended = Post.objects.filter(kind=kind).exclude(person__posts__in=Post.objects.serving(today)).order_by("pk")
        Deliberator.objects.bulk_create(
            Deliberator(
                person=post.person,
                party=party,
                starts_on=max(council.first_on, post.starts_on),
                ends_on=post.ends_on,
            )
            for post in ended.select_related("person")[:number]
        )


def _since(person: Person, kind: PostKind) -> date:
    return person.posts.filter(kind=kind).earliest("starts_on").starts_on

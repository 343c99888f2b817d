"""One volunteer: teams, hours, help and honours; and the lists of those who can do something."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from compounds.organisation.models import Person, Post, PostKind
from compounds.organisation.policies import BRANCH
from volunteers.models import HelpOffer, Honour, OfferState, ServiceRecord, TeamMember, Volunteer

# Who is a party member by their post.
_PARTY = [PostKind.PARTY_MEMBER, PostKind.GENERAL_SECRETARY, *BRANCH]
_LINES = 12


@dataclass(frozen=True)
class Told:
    """What the page of one volunteer shows besides their own words."""

    teams: list[TeamMember]
    earlier: list[TeamMember]
    minutes_this_year: int
    minutes: int
    waiting_minutes: int
    lines: list[ServiceRecord]
    helped: int
    honours: list[Honour]


def told_of(volunteer: Volunteer, on: date) -> Told:
    """Six queries."""
    terms = list(volunteer.memberships.select_related("team").order_by("-starts_on", "-pk"))
    approved = volunteer.service_records.approved()
    return Told(
        teams=[term for term in terms if term.starts_on <= on and (term.ends_on is None or term.ends_on >= on)],
        earlier=[term for term in terms if term.ends_on and term.ends_on < on],
        minutes_this_year=_minutes(approved.filter(served_on__year=on.year)),
        minutes=_minutes(approved),
        waiting_minutes=_minutes(volunteer.service_records.waiting()),
        lines=list(volunteer.service_records.select_related("activity", "team")[:_LINES]),
        helped=volunteer.offers.filter(state=OfferState.DONE).count(),
        honours=list(volunteer.person.honours.given().with_receivers()),
    )


def _minutes(rows: QuerySet[ServiceRecord]) -> int:
    return rows.aggregate(sum=Sum("minutes"))["sum"] or 0


def is_party_member(person: Person) -> bool:
    """Whether they hold a post of the party's today."""
    return bool(set(_PARTY) & person.kinds)


def showing_identity(on: date) -> QuerySet[Volunteer]:
    """Party members who agreed to be shown with what they can do (亮身份)."""
    party = Post.objects.serving(on).filter(kind__in=_PARTY).values("person")
    rows = Volunteer.objects.active().filter(shows_identity=True, person__in=party, person__erased_at=None)
    return rows.select_related("person__household__entrance__building__unit").order_by("person__name", "pk")


def known_to_members() -> QuerySet[Volunteer]:
    """All who agreed to be known as volunteers."""
    rows = Volunteer.objects.active().filter(person__erased_at=None)
    return rows.select_related("person__household__entrance__building__unit")


def narrowed(rows: QuerySet[Volunteer], *, q: str, skill: str, without_team: bool) -> QuerySet[Volunteer]:
    """By name, by skill, or those in no team today."""
    if q:
        rows = rows.filter(Q(person__name__icontains=q) | Q(about__icontains=q))
    if skill:
        rows = rows.able(skill)  # type: ignore[attr-defined]
    if without_team:
        rows = rows.exclude(memberships__in=TeamMember.objects.serving(timezone.localdate()))
    return rows


@dataclass(frozen=True)
class OwnOffers:
    """What somebody was asked, what they have agreed to, and for what they were thanked."""

    asked: list[HelpOffer]
    agreed: list[HelpOffer]
    thanked: list[HelpOffer]


def offers_of(volunteer: Volunteer) -> OwnOffers:
    """One query; the thanks are the latest twelve."""
    place = "request__household__entrance__building__unit"
    wanted = [OfferState.WAITING, OfferState.ACCEPTED, OfferState.DONE]
    rows = list(volunteer.offers.filter(state__in=wanted).select_related("request", place).order_by("-asked_at")[:60])
    by_state = {state: [row for row in rows if row.state == state] for state in wanted}
    thanked = [row for row in by_state[OfferState.DONE] if row.request.thanks]
    return OwnOffers(by_state[OfferState.WAITING], by_state[OfferState.ACCEPTED], thanked[:_LINES])

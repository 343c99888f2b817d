"""When four parties have met: who sits where for one item, and who is missing (domain: Seats).

A seat counts once at least its minimum of people who have not recused sit on it. A vacant seat is not waited for. A
party without any seat row on that day is missing, not vacant: what is not certain is refused.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from compounds.kernel.words import listed
from compounds.organisation.models import Person, PostKind
from consultation.models import AgendaItem, Attendance, Deliberator, LegalBasis, Meeting, Party, PartySeat
from consultation.models.step3_meet import SEATED


@dataclass(frozen=True)
class SeatState:
    """One party's seat at one meeting, maybe for one item."""

    party: Party
    label: str | Promise
    filled_by: str
    vacancy: str
    minimum: int
    sitting: list[Attendance]
    recused: list[Attendance]
    # Who stands in, and on what basis, where the party has no body of its own.
    stands_in: str = ""

    @property
    def is_here(self) -> bool:
        return not self.vacancy and len(self.sitting) >= self.minimum

    @property
    def is_missing(self) -> bool:
        return not self.vacancy and not self.is_here

    @property
    def stays_away(self) -> bool:
        """Nobody of this party came at all; who recused did come, and who is too few did too."""
        return bool(self.filled_by) and not self.vacancy and not self.sitting and not self.recused

    @property
    def state(self) -> str:
        """``here``, ``empty`` or ``vacant``, for the page."""
        return "vacant" if self.vacancy else "here" if self.is_here else "empty"

    @property
    def people(self) -> str:
        return listed(attendance.person.name for attendance in self.sitting)

    @property
    def note(self) -> str:
        """What the seat's card says below its people."""
        if self.vacancy:
            return self.vacancy
        parts = [self.stands_in] if self.stands_in else []
        if not self.filled_by:
            parts.append(str(_("no seat is set up for this party")))
        elif self.is_missing and not self.stays_away:
            lacking = self.minimum - len(self.sitting)
            parts.append(
                ngettext("%(count)s more person needed", "%(count)s more people needed", lacking) % {"count": lacking}
            )
        if self.recused:
            parts.append(str(_("recused: %(names)s") % {"names": listed(a.person.name for a in self.recused)}))
        return " · ".join(parts)


class Verdict(StrEnum):
    """Whether the parties can agree on one item."""

    POSSIBLE = "possible"
    PROVISIONAL = "provisional"
    IMPOSSIBLE = "impossible"


def verdict(states: Iterable[SeatState], invited: Collection[str]) -> Verdict:
    """Possible with every seat taken or vacant. Provisional when each party that is missing was invited in due form and
    stays away, and somebody is here to agree. Otherwise impossible (domain: Seats)."""
    states = list(states)
    missing = [state for state in states if state.is_missing]
    if not missing:
        return Verdict.POSSIBLE
    away = all(state.stays_away and state.party in invited for state in missing)
    return Verdict.PROVISIONAL if away and any(state.is_here for state in states) else Verdict.IMPOSSIBLE


def invited_parties(meeting: Meeting) -> set[str]:
    """The parties invited in due form: a deliberator of theirs was told before the meeting began."""
    day = timezone.localdate(meeting.starts_at)
    told = meeting.invitations.filter(invited_as="deliberator", told_at__lte=meeting.starts_at)
    terms = Deliberator.objects.serving(day).filter(person__in=told.values("person"))
    return set(terms.values_list("party", flat=True))


def for_meeting(meeting: Meeting) -> list[SeatState]:
    """The four seats as they stand for the whole meeting."""
    return _states(_seats(timezone.localdate(meeting.starts_at)), _attendances(meeting), recused=set())


def for_item(item: AgendaItem) -> list[SeatState]:
    """The four seats for one item, without those who recused."""
    recused = set(item.recusals.values_list("attendance_id", flat=True))
    return _states(_seats(timezone.localdate(item.meeting.starts_at)), _attendances(item.meeting), recused=recused)


# Whose people sit on a seat without being on the council for it. On the residents' seat sits every neighbour.
_SITTERS: dict[str, frozenset[PostKind]] = {
    Party.BRANCH: frozenset({PostKind.BRANCH_SECRETARY, PostKind.BRANCH_COMMITTEE, PostKind.PARTY_MEMBER}),
    Party.PROPERTY_COMPANY: frozenset({PostKind.PROPERTY_STAFF}),
    Party.OWNERS_COMMITTEE: frozenset({PostKind.OWNERS_COMMITTEE}),
}
_IN_ITS_PLACE: dict[str, frozenset[PostKind]] = {
    LegalBasis.RESIDENTS_COMMITTEE: frozenset({PostKind.COMMUNITY_WORKER, PostKind.GENERAL_SECRETARY}),
    LegalBasis.MANAGEMENT_COMMITTEE: frozenset({PostKind.OWNERS_COMMITTEE, PostKind.COMMUNITY_WORKER}),
    LegalBasis.SELF_GOVERNED: frozenset({PostKind.RESIDENTS_REP}),
}


def may_sit(person: Person, party: Party, day: date) -> bool:
    """Whether a person belongs to a party's seat on that day: by the council, by post, or by what fills the seat."""
    if Deliberator.objects.serving(day).filter(person=person, party=party).exists():
        return True
    if party == Party.RESIDENTS:
        return PostKind.PROPERTY_STAFF not in person.kinds
    seat = _seats(day).get(party)
    posts = _IN_ITS_PLACE.get(seat.legal_basis, _SITTERS[party]) if seat else frozenset()
    return bool(posts & person.kinds)


def filled_parties(day: date) -> list[Party]:
    """The parties whose seat is not declared vacant on that day: each must answer the minutes."""
    vacant = {seat.party for seat in _seats(day).values() if seat.vacant}
    return [party for party in Party if party not in vacant]


def is_filled(meeting: Meeting, party: Party | None) -> bool:
    """Whether somebody can sit for that party on the day of the meeting."""
    seat = _seats(timezone.localdate(meeting.starts_at)).get(party or "")
    return bool(seat and not seat.vacant)


def _seats(day: date) -> dict[str, PartySeat]:
    return {seat.party: seat for seat in PartySeat.objects.on(day)}


def _attendances(meeting: Meeting) -> list[Attendance]:
    return list(meeting.attendances.filter(kind__in=SEATED).select_related("person"))


def _stands_in(seat: PartySeat) -> str:
    if seat.legal_basis not in _IN_ITS_PLACE:
        return ""
    said = {"body": seat.body_name, "basis": seat.get_legal_basis_display()}
    return str(_("filled by %(body)s: %(basis)s") % said)


def _states(seats: dict[str, PartySeat], attendances: list[Attendance], *, recused: set[int]) -> list[SeatState]:
    states = []
    for party in Party:
        seat = seats.get(party)
        mine = [attendance for attendance in attendances if attendance.party == party]
        states.append(
            SeatState(
                party=party,
                label=party.label,
                filled_by=seat.body_name if seat else "",
                stands_in=_stands_in(seat) if seat else "",
                vacancy=seat.vacancy_reason if seat else "",
                minimum=seat.minimum if seat else 1,
                # Without a seat row nobody can sit for the party.
                sitting=[a for a in mine if seat and not seat.vacant and a.pk not in recused],
                recused=[a for a in mine if a.pk in recused],
            )
        )
    return states

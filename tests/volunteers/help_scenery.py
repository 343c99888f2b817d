"""A squad with a leader, requests for help in each state, a personal link, the care list: a row for every address."""

from typing import Any

from django.utils import timezone

from compounds.organisation.models import Household, Person
from consultation.models import CareReason, ConsentHow
from consultation.services import care
from consultation.services.care import Consent
from tests.factories import LONG_AGO, TeamFactory, VolunteerFactory
from volunteers.models import Skill, Volunteer
from volunteers.services import helping, hours, teams, volunteers
from volunteers.services.helping import Need

_MARK = "墨竹"


def helped(door: Household, *, by: Person) -> dict[str, dict[str, Any]]:
    """Stand in the compound; ``by`` is of the branch."""
    today, now = timezone.localdate(), timezone.now()
    squad = TeamFactory(name=f"{_MARK}小分队", about=f"{_MARK}常来", founded_on=LONG_AGO)
    one, other = (_volunteer(name) for name in (f"{_MARK}电工", f"{_MARK}木工"))
    member = teams.join(squad, one, starts_on=LONG_AGO, by=by)
    teams.lead(teams.join(squad, other, starts_on=LONG_AGO, by=by), on=today, by=by)
    for state in ("waiting", "accepted", "thanked", "withdrawn"):
        need = Need(
            skill=Skill.ELECTRICITY,
            text=f"{_MARK}{state}灯不亮",
            household=door,
            asker_name=f"{_MARK}老人",
            asker_phone="13800000009",
        )
        _bring_to(state, helping.ask(need, now=now, by=by), by=by)
    nobody = Need(skill=Skill.LAW, text=f"{_MARK}咨询", household=door, asker_phone="13800000009")
    request = helping.ask(nobody, now=now, by=by)
    offer = one.offers.filter(state="accepted").first() or other.offers.get(state="accepted")
    token = volunteers.give_link(one, now=now, by=by)
    served = hours.Line(one, today, 30, reason=f"{_MARK}换灯")
    [line] = hours.write_down([served], now=now, by=by)
    looked_in = care.begin(
        door,
        reason=CareReason.ALONE,
        note=f"{_MARK}耳背",
        rhythm_days=7,
        carer=None,
        consent=Consent(f"{_MARK}老人", ConsentHow.SPOKEN, today),
        today=today,
        by=by,
    )
    return {
        "teams/": {"pk": squad.pk},
        "memberships/": {"pk": member.pk},
        "volunteers/": {"pk": one.pk},
        "helping/": {"pk": request.pk},
        "helping/<int:pk>/thanks/": {"pk": offer.request_id},
        "offers/": {"pk": offer.pk},
        "helper/": {"token": token, "pk": line.pk},
        "care/": {"pk": looked_in.pk},
    }


def _volunteer(name: str) -> Volunteer:
    row: Volunteer = VolunteerFactory(
        person__name=name, skills=[Skill.ELECTRICITY], about=f"{_MARK}退休电工", shows_identity=True
    )
    return row


def _bring_to(state: str, request: Any, *, by: Person) -> None:
    now = timezone.now()
    if state == "withdrawn":
        helping.withdraw(request, why=f"{_MARK}好了", now=now)
    if state in {"accepted", "thanked"}:
        offer = helping.accept(request.offers.get(state="waiting"), now=now)
        if state == "thanked":
            helping.done(offer, minutes=20, served_on=timezone.localdate(), now=now, by=by)
            helping.thank(request, words=f"{_MARK}谢谢", now=now)

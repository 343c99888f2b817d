"""An activity, places in it and hours, to which the addresses of places, attendance and hours lead."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from compounds.organisation.models import Person
from compounds.registry import short_links
from tests.factories import ActivityFactory, SlotFactory, VolunteerFactory
from tests.pictures import a_picture
from tests.volunteers.planning import planned
from volunteers.models import CameBy
from volunteers.services import attendance, hours, own_calendars, partners, programmes, sign_up, summing_up
from volunteers.services.hours import Line
from volunteers.services.sign_up import Who

# As in tests/architecture/scenery.py.
MARK = "墨竹"


def took_part(*, by: Person) -> dict[str, dict[str, Any]]:
    """An activity that is on now, with somebody signed up and somebody there, and hours of one that is over."""
    now = timezone.now()
    begun = now - timedelta(minutes=10)
    activity = ActivityFactory(
        title=f"{MARK}义诊", starts_at=begun, sign_up_until=now + timedelta(hours=1), planned_by=by
    )
    slot = SlotFactory(activity=activity)
    row, code = sign_up.sign_up_openly(slot, name=f"{MARK}邻居", phone="13800005678", now=now)
    attendance.come_in(slot, Who(name=f"{MARK}来客"), how=CameBy.LIST, now=now, by=by)
    activity = attendance.open_door(activity, by=by)
    short_links.make([short_links.path_to("activity_door", activity.door_key)])
    served = Line(VolunteerFactory(person__name=f"{MARK}志愿"), timezone.localdate(), 90, reason=f"{MARK}清扫")
    [record, other] = hours.write_down([served, served], now=now, by=by)
    hours.correct(record, minutes=60, reason=f"{MARK}提前走", now=now, by=by)
    hours.answer(hours.dispute(record, words=f"{MARK}不对", now=now), words=f"{MARK}已核", minutes=60, now=now, by=by)
    hours.dispute(other, words=f"{MARK}没来", now=now)
    places = {"pk": activity.pk, "slot": slot.pk, "row": row.pk}
    return {
        "activities/<int:pk>/places/": places,
        "activities/<int:pk>/attendance/": places,
        "board/activities/<int:pk>/sign-up/": {"pk": activity.pk},
        "board/places/": {"code": code.replace(" ", "")},
        "board/door/": {"key": activity.door_key},
        "hours/": {"pk": other.pk},
        "hours/activities/": {"pk": activity.pk},
    }


def planned_and_held(*, by: Person) -> dict[str, dict[str, Any]]:
    """An activity of a programme with a partner at a venue, held and with a photo; and somebody's own calendar."""
    today = timezone.localdate()
    partner = partners.add({"name": "医院", "agreed_on": today, "contact_name": f"{MARK}主任"}, by=by)
    programme = programmes.add_programme({"name": "品牌", "kind": "paired", "since": today}, by=by)
    venue = programmes.add_venue({"name": "服务站"}, by=by)
    facts = {"title": "义诊", "programme": programme, "partner": partner, "venue": venue}
    held = planned(timezone.now() - timedelta(hours=1), hours=0.5, places={"residents": 9}, by=by, **facts)
    held = summing_up.sum_up(
        held, people_served=9, elderly_served=3, summary="好", photos=[a_picture()], now=timezone.now(), by=by
    )
    own = own_calendars.renew(VolunteerFactory(person__name=f"{MARK}志愿者"))
    shown = {"pk": held.pk, "photo": held.photos[0], "size": "small"}
    return {
        "activities/": {**shown, "number": today.year, "slot": held.slots.get().pk},
        "board/activities/": shown,
        "board/calendars/": {"token": own_calendars.token_of(own)},
        "partners/": {"pk": partner.pk},
        "programmes/": {"pk": programme.pk},
        "settings/programmes/": {"pk": programme.pk},
        "settings/venues/": {"pk": venue.pk},
    }

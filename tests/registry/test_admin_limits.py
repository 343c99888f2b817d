"""The district's limits: seen by all staff, set by those who administer a district, and the calendar's corrections."""

from datetime import date

import pytest

from compounds.jobs.models import Run
from compounds.registry.models import Compound
from compounds.workdays import limits
from compounds.workdays.models import DayOverride, DistrictLimit
from tests.registry.scopes import signed_in, staff

URL = "/admin/workdays/districtlimit/"


def sheet(**changed: str) -> dict[str, str]:
    now = limits.of_district()
    return {
        limit.key: limits.clock(now[limit.key]).strftime("%H:%M")
        if limit.unit == limits.Unit.TIME
        else str(now[limit.key])
        for limit in limits.known()
    } | changed


def test_are_set_on_one_page_and_kept_only_where_they_differ(scopes):
    client = signed_in(staff("区里", "administer", district=scopes.here))

    answer = client.post(URL, sheet(visit_days="2", quiet_until="06:45"))

    assert answer.status_code == 302
    assert dict(DistrictLimit.objects.values_list("key", "value")) == {"visit_days": 2, "quiet_until": 405}
    assert limits.of_district()["visit_days"] == 2


@pytest.mark.parametrize(
    "wrong", [{"visit_days": "0"}, {"meet_days": "251"}, {"quiet_from": "25:10"}, {"visit_days": ""}]
)
def test_what_is_wrong_is_said_and_nothing_is_set(scopes, wrong):
    client = signed_in(staff("区里", "administer", district=scopes.here))

    answer = client.post(URL, sheet(**wrong))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)
    assert not DistrictLimit.objects.exists()


def test_those_who_only_read_see_them(scopes):
    client = signed_in(staff("区里", "read", district=scopes.here))

    assert client.get(URL).status_code == 200
    client.post(URL, sheet(visit_days="2"))
    assert not DistrictLimit.objects.exists()


def test_a_corrected_day_has_every_compound_count_again(scopes):
    client = signed_in(staff("区里", "administer", district=scopes.here))
    fields = {"day": "2027-02-13", "works": "on", "reason": "调休"}

    assert client.post("/admin/workdays/dayoverride/add/", fields).status_code == 302

    row = DayOverride.objects.get()
    assert row.day == date(2027, 2, 13)
    count = Compound.objects.ready().count()
    assert Run.objects.filter(kind="clocks").count() == count
    client.post(f"/admin/workdays/dayoverride/{row.pk}/delete/", {"post": "yes"})
    assert not DayOverride.objects.exists()
    assert Run.objects.filter(kind="clocks").count() == 2 * count

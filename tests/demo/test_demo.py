"""The demo's people and doors: its figures, loading it again, that it comes out the same, its border."""

import hashlib
from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone, translation

from compounds.accounts.models import User
from compounds.organisation.audit_words import in_words
from compounds.organisation.models import AuditEntry, Building, Household, Occupancy, Person, Post, PostKind, Unit
from compounds.oversight.models import CompoundFigures, Recount
from compounds.registry.models import Compound, Membership, Staff
from demo.accounts import PASSWORD
from demo.audit_names import MARK
from demo.buildings import XIJUN_BUILDINGS, doors
from demo.calls import calls
from demo.cast import cast
from demo.logins import logins
from demo.plans import PLANS, XIJUN
from demo.text_table import table
from tests.demo.running import SLUGS, client_of, run

pytestmark = pytest.mark.xdist_group("demo")

# --- The plan, without a database ------------------------------------------------------------------------------------


def test_the_same_day_draws_the_same_people_doors_and_calls():
    today = date(2026, 3, 2)

    assert _digest(XIJUN, today) == _digest(XIJUN, today)


def test_another_day_moves_dates_but_knows_the_same_people():
    drawn = [_cast(XIJUN, day) for day in (date(2026, 3, 2), date(2026, 9, 30))]

    first, second = [[(person.name, person.door) for person in people] for people in drawn]

    assert first == second
    assert drawn[0] != drawn[1]


def test_no_two_people_of_a_compound_have_one_name():
    for plan in PLANS:
        names = [person.name for person in _cast(plan, date(2026, 3, 2))]
        assert len(names) == len(set(names))


def test_the_two_real_people_get_no_door_and_no_number():
    real = [person for person in _cast(XIJUN, date(2026, 3, 2)) if person.name in {"肖彪", "唐碧玉"}]

    assert [(person.phone, person.door) for person in real] == [("", None), ("", None)]


def test_invented_numbers_are_of_the_block_that_reads_as_made_up():
    numbers = [person.phone for person in _cast(XIJUN, date(2026, 3, 2)) if person.phone]

    assert len(numbers) == len(set(numbers))
    assert all(number.startswith("1990000") and len(number) == 11 for number in numbers)


def test_a_groups_doors_stand_together_in_one_entrance():
    places = {}
    for door in doors("xijun", XIJUN_BUILDINGS, 949):
        if door.group:
            places.setdefault((door.building, door.group), []).append(door)

    assert {len(group) for group in places.values()} == {14, 15}
    assert all(len({door.entrance for door in group}) == 1 for group in places.values())


def test_no_call_is_in_the_future_or_by_a_stranger_to_the_door():
    today = date(2026, 3, 2)
    planned_doors = doors(XIJUN.slug, XIJUN.buildings, XIJUN.grouped_doors)
    people = _cast(XIJUN, today)
    places = {person.name: {post.place for post in person.posts} for person in people}

    planned = calls(XIJUN.slug, planned_doors, people, today)

    assert all(call.visited_on < today for call in planned)
    assert all(places[call.by] & {(call.door.building, call.door.group), (call.door.building, 0)} for call in planned)


def _cast(plan, today):
    return cast(plan, doors(plan.slug, plan.buildings, plan.grouped_doors), today)


def _digest(plan, today):
    planned_doors = doors(plan.slug, plan.buildings, plan.grouped_doors)
    people = cast(plan, planned_doors, today)
    drawn = repr((planned_doors, people, calls(plan.slug, planned_doors, people, today)))
    return hashlib.sha256(drawn.encode()).hexdigest()


# --- The rows --------------------------------------------------------------------------------------------------------


def test_every_fact_that_can_be_counted_is_there(demo, db):
    printed = run("figures", "xijun")  # would exit with 1

    assert "1,996" in printed
    assert "949" in printed


def test_a_fact_that_differs_is_an_exit_with_1(xijun):
    Household.objects.filter(visits=None).first().delete()
    with pytest.raises(SystemExit) as end:
        run("figures", "xijun")

    assert end.value.code == 1


def test_figures_of_no_compound_say_so(db):
    with pytest.raises(CommandError, match="nowhere"):
        run("figures", "nowhere")


def test_loading_again_changes_nothing_and_says_so(demo, db):
    before = User.objects.count(), Membership.objects.count(), Staff.objects.count()

    printed = run("load_demo")

    assert len(printed.splitlines()) == 1
    assert (User.objects.count(), Membership.objects.count(), Staff.objects.count()) == before


def test_the_first_load_tells_what_it_does(demo):
    years = timezone.localdate().year - XIJUN.branch_founded_on.year + 1
    assert len(demo.splitlines()) == 3 * len(PLANS) + years + 1


@override_settings(DEMO=False)
def test_the_demo_is_refused_where_its_known_password_would_be_a_hole(db):
    with pytest.raises(CommandError, match="DEMO"):
        call_command("load_demo")


def test_a_compound_of_somebody_else_at_that_address_is_left_alone(north):
    Compound.objects.filter(slug="xijun").update(slug="moved-away")
    Compound.objects.filter(pk=north.pk).update(slug="xijun")
    Building.objects.create(unit=Unit.objects.order_by("level").last(), number=1)

    with pytest.raises(CommandError, match="xijun"):
        run("load_demo")

    assert Building.objects.count() == 1


def test_whoever_serves_may_enter_and_nobody_else(xijun):
    serving = Person.objects.filter(posts__in=Post.objects.serving(timezone.localdate()))

    with_login = set(Person.objects.exclude(user_id=None).values_list("user_id", flat=True))

    assert with_login == set(serving.values_list("user_id", flat=True))
    assert with_login == set(Membership.objects.filter(compound=xijun).values_list("user_id", flat=True))


def test_stewards_live_in_their_building_and_leads_in_their_group(xijun):
    today = timezone.localdate()
    leads = Post.objects.serving(today).filter(kind=PostKind.NEIGHBOUR_LEAD).select_related("person__household")
    stewards = Post.objects.serving(today).filter(kind=PostKind.BUILDING_STEWARD)

    assert all(post.person.household.group_id == post.unit_id for post in leads)
    assert all(post.person.household.entrance.building.unit_id == post.unit_id for post in stewards)


def test_doors_are_let_and_empty_too(xijun):
    assert {kind for (kind,) in Household.objects.order_by().values_list("occupancy").distinct()} == set(Occupancy)


# --- Logins and the border -------------------------------------------------------------------------------------------


def test_there_is_a_login_for_every_role_and_its_password_opens(demo, db):
    shown = logins(timezone.localdate())

    roles = [login.role for login in shown]
    assert all(any(str(kind.label) in role for role in roles) for kind in PostKind)
    users = User.objects.filter(username__in=[login.username for login in shown])
    assert users.count() == len(shown)
    # Each hash takes a third of a second, and many people share one.
    assert all(check_password(PASSWORD, encoded) for encoded in {user.password for user in users})


def test_the_table_of_logins_names_password_and_address(demo, db):
    printed = run("demo_logins")

    assert PASSWORD in printed
    assert "/c/hupan/" in printed
    assert "/admin/" in printed


def test_without_the_demo_there_is_nothing_to_show(db):
    Compound.objects.filter(slug__in=SLUGS).update(state="archived")
    Staff.objects.all().delete()

    with pytest.raises(CommandError, match="load_demo"):
        run("demo_logins")


def test_a_chinese_character_takes_two_columns():
    assert table(["a", "b"], [["中文", "x"], ["cd", "y"]]).splitlines() == ["a     b", "----  -", "中文  x", "cd    y"]


@pytest.mark.parametrize(("home", "foreign"), [("hupan", "xijun"), ("xijun", "hupan")])
def test_a_member_of_one_compound_is_refused_in_the_other(demo, db, home, foreign):
    member = client_of(home, PostKind.BRANCH_SECRETARY)

    assert member.get(f"/c/{foreign}/tree/").status_code == 403
    assert member.get(f"/c/{home}/tree/").status_code == 200


def test_the_district_finds_both_counted_and_the_past_year_as_far_as_rows_tell(demo, db):
    today = timezone.localdate()
    rows = CompoundFigures.objects.filter(compound__slug__in=SLUGS)

    assert rows.filter(day=today, errors={}).count() == len(SLUGS)
    assert rows.filter(day__lt=today).count() == 12 * len(SLUGS)
    assert {"open", "households"} <= set(rows.filter(day=today)[0].values)
    assert not any("open" in row.values for row in rows.filter(day__lt=today))
    assert Recount.objects.filter(compound__slug__in=SLUGS, lag_ms__gt=60_000).count() == 0


def test_the_districts_reader_reads_the_pages_about_both(demo, db):
    client = Client()
    client.force_login(Staff.objects.filter(level="read").latest("pk").user)

    for path in ("", "compounds/", "compounds/xijun/", "compounds/hupan/", "overdue/", "comparison/"):
        assert client.get(f"/admin/{path}").status_code == 200


def test_the_districts_reader_reads_both(demo, db):
    client = Client()
    client.force_login(Staff.objects.filter(level="read").latest("pk").user)

    assert [client.get(f"/c/{slug}/tree/").status_code for slug in SLUGS] == [200, 200]


def test_what_the_demo_wrote_down_is_read_in_words():
    with translation.override("zh-hans"):
        words = in_words(AuditEntry(action=MARK, about="西郡佳园", facts={"today": "2026-11-26"}))

    assert words == ("装入演示数据", "截至：2026年11月26日")

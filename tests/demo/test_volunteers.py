"""What volunteers did in the demo: drawn without a database, then as rows that the pages could have made."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import Count, F, Q, Sum
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compounds.accounts.models import User
from compounds.organisation.models import Post, PostKind
from compounds.registry.context import compound_context
from demo.holders import holders
from demo.stories import notice_words
from demo.volunteers import calendar, ground
from demo.volunteers.honours import FIRST_YEAR, living_year
from volunteers.models import (
    Activity,
    ActivityKind,
    ActivityState,
    HelpOffer,
    HelpRequest,
    HelpState,
    Honour,
    HonourState,
    Participation,
    PlaceState,
    ServiceRecord,
    Slot,
    Team,
    TeamMember,
    Volunteer,
)

pytestmark = pytest.mark.xdist_group("demo")

DAYS = (date(2026, 1, 1), date(2026, 3, 31), date(2026, 11, 26), date(2028, 2, 29))


# --- The plan, without a database ------------------------------------------------------------------------------------


@pytest.mark.parametrize("today", DAYS)
def test_whatever_the_day_the_reports_sums_come_out(today):
    plans = calendar.held("xijun", today)

    of_squads = [plan for plan in plans if plan.kind not in {ActivityKind.FESTIVAL, ActivityKind.OTHER}]
    clinics = [plan for plan in plans if plan.kind == ActivityKind.CLINIC]
    assert len(calendar.features("xijun", today)) == 35
    assert len(of_squads) - len(clinics) >= 300
    assert len(clinics) >= 18
    assert sum(plan.elderly for plan in clinics) >= 80
    assert all(plan.day < today for plan in plans)


@pytest.mark.parametrize("today", DAYS)
def test_no_month_since_the_first_squad_is_without_an_activity(today):
    months = {(plan.day.year, plan.day.month) for plan in calendar.held("xijun", today)}

    first = ground.ASSOCIATIONS[0].founded_on
    years = range(first.year, today.year + 1)
    wanted = [(year, month) for year in years for month in range(1, 13) if (year, month) >= (2019, 6)]
    assert [month for month in wanted if month < (today.year, today.month) and month not in months] == []


def test_the_same_day_draws_the_same_activities():
    assert calendar.held("xijun", DAYS[2]) == calendar.held("xijun", DAYS[2])


def test_no_squad_and_no_venue_has_two_activities_on_one_day():
    plans = calendar.held("xijun", DAYS[2])

    squads = Counter((plan.team, plan.day) for plan in plans if plan.team in {squad.name for squad in ground.SQUADS})
    venues = Counter((plan.venue, plan.day) for plan in plans if plan.venue)
    assert set((squads | venues).values()) == {1}


@pytest.mark.parametrize("today", DAYS)
def test_long_tables_stand_outside_only_where_one_likes_to_sit_outside(today):
    plans = [*calendar.held("xijun", today), calendar.next_feature("xijun", today)]

    outside = [plan.day.month for plan in plans if "百家宴" in plan.title and plan.venue == ground.SQUARE]

    assert outside
    assert set(outside) <= notice_words.OUTDOORS


def test_nothing_was_done_against_the_epidemic_before_or_after_it():
    of_it = [plan.day for plan in calendar.held("xijun", DAYS[2]) if plan.kind == ActivityKind.EPIDEMIC]

    first, last = calendar.EPIDEMIC
    assert first <= min(of_it)
    assert max(of_it) <= last


# --- The rows --------------------------------------------------------------------------------------------------------


def test_everybody_in_a_squad_has_approved_hours_of_the_time_in_which_they_served(xijun):
    today = timezone.localdate()
    members = TeamMember.objects.serving(today).filter(team__in=Team.objects.squads())

    with_hours = members.filter(volunteer__service_records__approved_at__isnull=False).distinct()
    assert with_hours.count() == members.count() == 122
    assert not ServiceRecord.objects.filter(served_on__lt=F("volunteer__joined_on")).exists()


def test_whoever_leads_a_squad_holds_the_post_of_it(compound):
    today = timezone.localdate()
    leaders = TeamMember.objects.serving(today).leaders().values_list("volunteer__person", flat=True)

    holding = Post.objects.serving(today).filter(kind=PostKind.VOLUNTEER_LEADER).values_list("person", flat=True)
    assert leaders
    assert set(leaders) <= set(holding)


def test_no_place_is_oversold_and_nobody_waits_beside_a_free_one(compound):
    placed = Count("participations", filter=Q(participations__state=PlaceState.PLACED))
    waiting = Count("participations", filter=Q(participations__state=PlaceState.WAITING))
    slots = Slot.objects.annotate(placed=placed, waiting=waiting).exclude(places=None)

    assert not slots.filter(placed__gt=F("places")).exists()
    assert not slots.filter(placed__lt=F("places"), waiting__gt=0).exists()


def test_somebody_moved_up_and_two_still_wait_for_the_phone_class(xijun):
    rows = Participation.objects.filter(slot__activity__title__contains="手机课堂：认出")

    assert rows.filter(moved_up_at__isnull=False, state=PlaceState.PLACED).count() == 1
    assert rows.waiting().count() == 2
    assert rows.exclude(code_hash="").exists()
    assert rows.exclude(recorded_by=None).exists()


def test_hours_wait_for_approval_and_one_line_is_in_dispute(xijun):
    waiting = ServiceRecord.objects.waiting()

    assert waiting.count() >= 5
    assert waiting.filter(disputed_at__isnull=False, dispute_answered_at=None).count() == 1
    answered = ServiceRecord.objects.get(dispute_answered_at__isnull=False)
    assert answered.minutes + answered.corrections.aggregate(n=Sum("minutes"))["n"] == 60


def test_activities_stand_in_every_state_and_the_coming_month_has_one(xijun):
    now = timezone.now()
    coming = Activity.objects.coming(now)
    next_month = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)

    assert set(Activity.objects.values_list("state", flat=True)) == set(ActivityState)
    assert coming.count() >= 6
    assert coming.filter(starts_at__year=next_month.year, starts_at__month=next_month.month).exists()
    assert coming.filter(moved_at__isnull=False).count() == 1
    assert coming.filter(series__isnull=False, kind=ActivityKind.CLINIC).exists()
    assert Activity.objects.filter(state=ActivityState.PLANNED, ends_at__lt=now, attendance_closed_at=None).exists()


def test_requests_for_help_stand_in_every_state_and_some_were_thanked(xijun):
    assert set(HelpRequest.objects.values_list("state", flat=True)) == set(HelpState)
    assert HelpRequest.objects.exclude(thanks="").count() >= 5
    done = HelpOffer.objects.filter(state="done")
    assert done.count() == ServiceRecord.objects.filter(offer__in=done, approved_at__isnull=False).count()


def test_each_years_certificates_are_numbered_without_gaps(xijun):
    for year in range(FIRST_YEAR, living_year(timezone.localdate())):
        numbers = Honour.objects.of_year(year).given().order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, len(numbers) + 1))


def test_this_years_honours_are_on_their_way(xijun):
    rows = Honour.objects.of_year(living_year(timezone.localdate()))

    under_way = {HonourState.PROPOSED, HonourState.APPROVED, HonourState.POSTED, HonourState.DROPPED}
    assert set(rows.values_list("state", flat=True)) == under_way


def test_every_steward_who_was_honoured_was_one_then(xijun):
    for honour in Honour.objects.given().filter(kind__name="优秀楼栋长"):
        served = Post.objects.filter(person=honour.person, kind=PostKind.BUILDING_STEWARD)
        assert served.filter(starts_on__lte=date(honour.year, 6, 30)).exists()


def test_rewards_name_who_gave_them_and_are_signed_for(xijun):
    rows = Honour.objects.given().exclude(reward="")

    assert rows.exclude(reward_donor="").exclude(reward_receipt=None).count() == rows.count() >= 11


def test_whoever_took_their_consent_back_is_in_no_squad(xijun):
    gone = Volunteer.objects.exclude(withdrawn_on=None)

    assert gone.exists()
    assert not TeamMember.objects.serving(timezone.localdate()).filter(volunteer__in=gone).exists()


def test_nothing_of_the_volunteers_is_of_tomorrow(compound):
    now = timezone.now()

    assert not Participation.objects.filter(Q(came_at__gt=now) | Q(cancelled_at__gt=now)).exists()
    assert not ServiceRecord.objects.filter(Q(approved_at__gt=now) | Q(at__gt=now)).exists()
    assert not HelpOffer.objects.filter(Q(asked_at__gt=now) | Q(answered_at__gt=now)).exists()


# --- The pages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [PostKind.BRANCH_SECRETARY, PostKind.VOLUNTEER_LEADER])
def test_every_team_activity_and_request_has_its_page(demo, db, addresses, kind):
    client = Client()
    with compound_context("c_xijun"):
        member = holders(kind, timezone.localdate()).first()
        client.force_login(User.objects.get(pk=member.user_id))
        # The latest of them; of the hundreds before each is like another.
        things = [*Team.objects.all(), *Activity.objects.order_by("-starts_at")[:20], *HelpRequest.objects.all()]
        pages = [thing.get_absolute_url() for thing in things]
        pages += [reverse(name) for name in ("activities", "teams", "helping", "honours")]

    statuses = {page: client.get(f"/c/xijun{page}").status_code for page in pages}

    assert {page: status for page, status in statuses.items() if status != 200} == {}

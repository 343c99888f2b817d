"""Which activities were held, drawn before any row is written; the report gives their kinds and their sums."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from demo.draw import stream
from demo.volunteers import ground, words
from demo.volunteers.plans import HeldPlan, SquadPlan
from volunteers.models import ActivityKind

SATURDAY = 5
# The report counts 35 feature activities, and 300 sessions and more since the first team of 2019.
FEATURES = 35
SESSIONS_A_MONTH, SESSIONS_BEFORE = 3, 5
# While there was epidemic control, there was more to do.
EPIDEMIC = (date(2020, 2, 1), date(2022, 12, 31))
_CLOCKS = (("09:00", 120), ("15:00", 90), ("19:00", 90))
# How many had something of it, by kind: at least, at most.
_SERVED = {
    ActivityKind.EPIDEMIC: (60, 400),
    ActivityKind.POLICY: (15, 60),
    ActivityKind.CIVILITY: (20, 90),
    ActivityKind.CARE: (4, 12),
    ActivityKind.CLASS: (8, 28),
    ActivityKind.ANTI_FRAUD: (20, 80),
    ActivityKind.FIRE_SAFETY: (15, 70),
}
# Month, at the earliest on this day, programme, title, what came of it, how many came, whether it is a feast, where.
# Long tables stand in the square in autumn; in winter one sits inside, and nobody minds children there in July.
_FEATURES = (
    (1, 18, ground.TABLE, "百家宴：小年一起包饺子", "包了一千多个饺子，独居老人先吃上第一锅。", 180, True, "8栋架空层"),
    (3, 3, ground.HELP, "邻里帮：学雷锋便民日", "磨刀、理发、修小家电，忙到中午才收摊。", 120, False, ground.SQUARE),
    (5, 10, ground.HELP, "邻里帮：旧物互换集市", "童书和玩具换得最快，剩下的捐了出去。", 140, False, ground.SQUARE),
    (7, 8, ground.HELP, "邻里帮：暑期托管互助", "家长排好班，二十来个孩子有人看。", 45, False, ground.ACTIVITY_ROOM),
    (9, 10, ground.TABLE, "百家宴：中秋长桌宴", "一户一道菜，摆了三十六张桌子。", 260, True, ground.SQUARE),
    (10, 14, ground.FESTIVAL, "幸福邻里节", "十四栋都出了节目，孩子们的合唱返了场。", 320, True, ground.SQUARE),
    (12, 6, ground.HELP, "邻里帮：冬日送暖", "给老人灌暖手袋、查燃气、贴门窗密封条。", 70, False, "各家上门"),
)


def held(slug: str, today: date) -> list[HeldPlan]:
    """Everything up to yesterday, oldest first. At each venue at most one a day, for each team too."""
    plans = [*_clinics(slug, today), *features(slug, today)]
    taken = {(plan.venue, plan.day) for plan in plans} | {(plan.team, plan.day) for plan in plans}
    plans += _sessions(slug, today, taken)
    return sorted(plans, key=lambda plan: (plan.day, plan.clock, plan.title))


def features(slug: str, today: date) -> list[HeldPlan]:
    """The last feature activities before today, as many as the report counts."""
    draw = stream(slug, "feature activities")
    plans = [plan for year in range(today.year - 8, today.year + 1) for plan in _features_of(year, draw)]
    return [plan for plan in plans if plan.day < today][-FEATURES:]


def next_feature(slug: str, today: date) -> HeldPlan:
    """The first one that is more than a week ahead."""
    draw = stream(slug, "the next feature activity")
    plans = [plan for year in (today.year, today.year + 1) for plan in _features_of(year, draw)]
    return next(plan for plan in plans if plan.day > today + timedelta(days=7))


def clinic_days(first: date, last: date) -> list[date]:
    """The second Saturdays of the months, both days included."""
    days = [_saturday(year, month, 8) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    return [day for day in days if first <= day <= last]


def _saturday(year: int, month: int, at_least: int) -> date:
    day = date(year, month, at_least)
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)


def _features_of(year: int, draw: Random) -> Iterator[HeldPlan]:
    for month, day, programme, title, summary, about, feast, where in _FEATURES:
        yield HeldPlan(
            day=_saturday(year, month, day),
            clock="15:00",
            minutes=180,
            kind=ActivityKind.FESTIVAL if feast else ActivityKind.OTHER,
            title=f"{year}年{title}" if programme == ground.FESTIVAL else title,
            summary=summary,
            team=ground.FRIENDS if feast else ground.HEARTS,
            volunteers=draw.randint(14, 24) if feast else draw.randint(7, 12),
            served=about + draw.randint(-about // 8, about // 8),
            programme=programme,
            venue=where if where in ground.VENUE_NAMES else "",
            place="" if where in ground.VENUE_NAMES else where,
        )


def _clinics(slug: str, today: date) -> Iterator[HeldPlan]:
    draw = stream(slug, "clinics")
    agreed_on = ground.PARTNERS[0].agreed_on
    for day in clinic_days(agreed_on, today - timedelta(days=1)):
        elderly = draw.randint(4, 7)
        yield HeldPlan(
            day=day,
            clock="09:00",
            minutes=120,
            kind=ActivityKind.CLINIC,
            title="邻里医家亲：每月义诊",
            summary=draw.choice(words.CLINIC),
            team=ground.CARE,
            volunteers=draw.randint(3, 5),
            served=elderly + draw.randint(2, 8),
            elderly=elderly,
            programme=ground.CLINIC,
            partner=ground.HOSPITAL,
            venue=ground.STATION,
        )


def _sessions(slug: str, today: date, taken: set[tuple[str, date]]) -> Iterator[HeldPlan]:
    draw = stream(slug, "service sessions")
    month = ground.ASSOCIATIONS[0].founded_on
    while month < today:
        following = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
        days = [month + timedelta(days=n) for n in range((following - month).days)]
        many = SESSIONS_BEFORE if month <= EPIDEMIC[1] else SESSIONS_A_MONTH
        for day in sorted(draw.sample(days, many)):
            plan = _session(draw, day, taken)
            if plan and day < today:
                yield plan
        month = following


def _session(draw: Random, day: date, taken: set[tuple[str, date]]) -> HeldPlan | None:
    squads = [squad for squad in ground.SQUADS if squad.founded_on <= day and (squad.name, day) not in taken]
    if not squads:
        return None
    squad = draw.choice(squads)
    kind = draw.choice(_kinds_on(squad, day))
    said = draw.choice(words.SESSIONS[kind])
    clock, minutes = draw.choice(_CLOCKS)
    indoors = kind == ActivityKind.CLASS and (ground.ACTIVITY_ROOM, day) not in taken
    taken |= {(squad.name, day), (ground.ACTIVITY_ROOM, day)} if indoors else {(squad.name, day)}
    brand = ground.KIN if kind in {ActivityKind.CLASS, ActivityKind.CARE} else ground.FAMILY
    in_use = day >= next(plan.since for plan in ground.PROGRAMMES if plan.name == brand)
    return HeldPlan(
        day=day,
        clock=clock,
        minutes=minutes,
        kind=kind,
        title=said.title,
        summary=said.summary,
        team=squad.name,
        volunteers=draw.randint(5, 11),
        served=draw.randint(*_SERVED[kind]),
        programme=brand if in_use and draw.random() < 0.7 else "",
        venue=ground.ACTIVITY_ROOM if indoors else "",
        place="" if indoors else draw.choice(words.PLACES),
    )


def _kinds_on(squad: SquadPlan, day: date) -> list[ActivityKind]:
    first, last = EPIDEMIC
    if ActivityKind.EPIDEMIC in squad.kinds and first <= day <= last:
        return [*squad.kinds, ActivityKind.EPIDEMIC, ActivityKind.EPIDEMIC]
    return [kind for kind in squad.kinds if kind != ActivityKind.EPIDEMIC]

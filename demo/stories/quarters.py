"""The last quarters: a meeting in each, and its scoring up to the award. What is said and what is given is invented."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from compounds.workdays.calendar import works_nationally
from consultation import seats
from consultation.models import (
    Confirmation,
    DecisionOutcome,
    Deliberator,
    FundSource,
    Issue,
    IssueList,
    Meeting,
    Minutes,
    Outcome,
    Party,
    ResponsibleBody,
    RoundState,
    ScoringRound,
)
from consultation.models.step2_propose import Concerns, Difficulty, Served, Urgency
from consultation.quarters import Quarter
from consultation.services import (
    attending,
    scoring,
    scoring_life,
    scoring_paper,
    step2_propose,
    step3_meet,
    step5_evaluate,
)
from consultation.services import minutes as minutes_service
from consultation.services.step3_meet import Promise
from demo.draw import stream
from demo.stories.first_steps import raise_matter, sort
from demo.stories.handling import ask_again, handle, tick
from demo.stories.meetings import EVENING, VENUE
from demo.stories.plans import HandlingPlan, MatterPlan, Moment, RatingPlan, ResultPlan, SortingPlan, TickPlan
from demo.stories.quarter_topics import TOPICS, Topic
from demo.stories.stage import Stage
from demo.stories.telling import Story

# Edition, meeting and minutes of a quarter, in its middle: on such a day of it, or the next on which people work.
_LISTS, _MEETS, _ISSUED = 43, 52, 58
# A scoring takes at most so many days from its first to its award.
_TAKES = 50
_NIGHT = "00:15"
# Of a hundred scorers so many hand a sheet in, of a hundred lines so many abstain.
_TAKING_PART, _ABSTAINING, _ON_PAPER = 36, 14, 3


def quarters(stage: Stage) -> Iterator[Story]:
    """Meetings and scorings of as many quarters as it takes to have four with an award, the earliest first."""
    told = []
    quarter = Quarter.before(stage.today)
    ended = 0
    while ended < 4:
        told.append(quarter)
        ended += quarter.opens_on() + timedelta(days=_TAKES) < stage.today
        quarter = Quarter.before(quarter.first)
    for one, topic in zip(reversed(told), TOPICS, strict=False):
        yield _meet(stage, one, topic)
        yield _score(stage, one)


# --- The meeting -----------------------------------------------------------------------------------------------------


def _meet(stage: Stage, quarter: Quarter, topic: Topic) -> Story:
    """From a word at the door to a finished matter, in the middle of the quarter."""

    meets = _working_day(quarter.first + timedelta(days=_MEETS))
    issued = _working_day(meets + timedelta(days=_ISSUED - _MEETS))

    def ago(days: int, clock: str) -> Moment:
        """Counted from the quarter's first day; what follows the minutes waits as long as they did."""
        waited = (issued - quarter.first).days - _ISSUED if days >= _ISSUED else 0
        return (stage.today - quarter.first).days - days - waited, clock

    matter = MatterPlan(
        key=topic.key,
        title=topic.title,
        said=topic.said,
        category=topic.category,
        building=topic.building,
        recorded=ago(40, "18:20"),
        on_the_grounds=True,
        handed_over=ago(41, "09:00"),
        summary="已到现场看过，属实。",
    )
    yield from raise_matter(stage, matter)
    issue = stage.issues[topic.key]
    lists = _working_day(quarter.first + timedelta(days=_LISTS))
    yield stage.at(((stage.today - lists).days, "09:10"))
    while IssueList.objects.filter(published_at=None, entries__isnull=False).exists():
        # Another edition is being drawn up: this matter waits for the next.
        lists = _working_day(lists + timedelta(days=1))
        yield stage.at(((stage.today - lists).days, "09:10"))
    _list(stage, issue, topic)
    held = stage.at(((stage.today - meets).days, EVENING))
    yield held
    meeting = step3_meet.convene(starts_at=held, venue=VENUE, issues=[issue], by=stage.secretary)
    agreed = _agree(stage, meeting, topic, due=stage.day(ago(66, EVENING)[0]))
    drawn_up = _working_day(meets + timedelta(days=1))
    yield stage.at(((stage.today - drawn_up).days, "10:00"))
    minutes = _minuted(stage, meeting)
    yield stage.at(ago(_ISSUED, "09:00"))
    minutes_service.issue(minutes, by=stage.secretary)
    if agreed:
        yield from handle(stage, _handling(topic, ago))
        return
    yield stage.at(ago(60, "09:00"))
    step5_evaluate.close(issue, outcome=Outcome.PLANNED, note="四方没有到齐，先列入下一步计划。", by=stage.secretary)
    yield from ask_again(stage, issue, ago(60, "09:00"), "问过提出人，同意先等等。")


def _working_day(day: date) -> date:
    """That day, or the next on which people work."""
    while not works_nationally(day):
        day += timedelta(days=1)
    return day


def _minuted(stage: Stage, meeting: Meeting) -> Minutes:
    """Drawn up, and confirmed by one of each party that was there."""
    minutes = minutes_service.draw_up(meeting, by=stage.secretary)
    for sat in {one.party: one for one in meeting.attendances.exclude(party="").order_by("-pk")}.values():
        minutes_service.confirm(
            minutes, party=Party(sat.party), answer=Confirmation.CONFIRMED, remark="", person=sat.person, by=sat.person
        )
    return minutes


def _list(stage: Stage, issue: Issue, topic: Topic) -> None:
    sort(
        issue,
        SortingPlan(
            (0, ""),
            Urgency.SOON,
            Concerns.FRAIL,
            Served.SEVERAL,
            10,
            Difficulty.MODERATE,
            f"{topic.title}，请四方商量。",
        ),
        stage,
    )
    step2_propose.publish(IssueList.objects.get(published_at=None), by=stage.secretary)


def _agree(stage: Stage, meeting: Meeting, topic: Topic, *, due: date) -> bool:
    """Whoever sat on the council then takes a seat. Whether all four parties were there and agreed."""
    day = meeting.starts_at.date()
    filled = [party for party in Party if seats.is_filled(meeting, party)]
    terms = Deliberator.objects.serving(day).filter(party__in=filled).select_related("person").order_by("pk")
    attending.take_seats(meeting, [term.person for term in terms], by=stage.secretary)
    item = meeting.items.get()
    agreed = all(seat.vacancy or seat.is_here for seat in seats.for_item(item))
    company = ResponsibleBody.objects.filter(kind="property_company").earliest("pk")
    step3_meet.decide(
        item,
        outcome=DecisionOutcome.CONSENSUS if agreed else DecisionOutcome.NO_CONSENSUS,
        text=topic.agreed,
        answers=ResultPlan(topic.key, "").answers(),
        promise=Promise(company, due, Decimal(1200), FundSource.PROPERTY_FEE) if agreed else None,
        by=stage.secretary,
    )
    return agreed


def _handling(topic: Topic, ago: Callable[[int, str], Moment]) -> HandlingPlan:
    return HandlingPlan(
        key=topic.key,
        accepted=ago(58, "10:30"),
        result_ticked=TickPlan(ago(58, "17:00"), only=topic.building),
        reported=ago(63, "16:00"),
        report=topic.done,
        scene=topic.scene,
        verified=ago(64, "09:00"),
        verified_by=topic.building,
        found="现场看过，确实办好了。",
        posted=ago(64, "10:30"),
        posting=topic.done,
        completion_ticked=TickPlan(ago(64, "17:30"), only=topic.building),
        ratings=(RatingPlan(ago(66, "19:10"), 0, topic.stars, topic.rated),),
        closed=ago(74, "15:00"),
        note="公示期满，没有异议。",
    )


# --- The scoring -----------------------------------------------------------------------------------------------------


def _score(stage: Stage, quarter: Quarter) -> Story:
    """Nights open, count, post and award it; in the days between people score, up to yesterday."""
    opens = quarter.opens_on()
    draw = stream("xijun", f"scoring {stage.today - opens}")
    row: ScoringRound | None = None
    for day in _days(opens, stage.today):
        if row is None or not _rests(row, day):
            yield stage.at(((stage.today - day).days, _NIGHT))
            scoring_life.turn(day)
            row = ScoringRound.objects.filter(year=quarter.year, quarter=quarter.number).first()
        if row is None:
            continue
        if row.state in {RoundState.AWARDED, RoundState.SKIPPED}:
            return
        if row.posting and row.posting.starts_on == day:
            yield stage.at(((stage.today - day).days, "17:00"))
            tick(stage, row.posting, TickPlan((0, ""), 0))
        if row.takes_scores(day) and (day - opens).days in {1, 3, 6}:
            yield stage.at(((stage.today - day).days, "20:30"))
            _hand_in(stage, row, day, draw)


def _rests(row: ScoringRound, day: date) -> bool:
    """Whether that night changes nothing about a round: it is open still, or its result hangs still."""
    if row.state == RoundState.OPEN:
        return row.closes_on is not None and day <= row.closes_on
    return row.posting is not None and row.posting.starts_on < day <= row.posting.ends_on


def _days(first: date, before: date) -> list[date]:
    """The days on which something may happen, none of them today: tonight's work is the worker's own."""
    return [day for n in range(_TAKES) if (day := first + timedelta(days=n)) < before]


def _hand_in(stage: Stage, row: ScoringRound, day: date, draw: Random) -> None:
    """About a third of those who take part; on the first of these days a few of them on paper."""
    liked = {one.pk: 3.4 + 1.4 * stream("xijun", f"liked {one} in {row.of}").random() for one in row.subjects.all()}
    waiting = list(scoring.scorers_to_remind(row).select_related("round"))
    draw.shuffle(waiting)
    taking_part = row.scorers.count() * _TAKING_PART // 300
    for n, scorer in enumerate(waiting[:taking_part]):
        if n < _ON_PAPER and not row.paper_sheets.filter(counted=True).exists():
            scoring_paper.take(scorer, today=day)
        else:
            asked = scoring.subjects_for(scorer)
            scoring.submit(scorer, {one.pk: _value(draw, liked[one.pk]) for one in asked}, today=day)
    if not row.paper_sheets.exists():
        _key_in(stage, row, day, [{pk: _value(draw, mean) for pk, mean in liked.items()} for _n in range(_ON_PAPER)])


def _key_in(stage: Stage, row: ScoringRound, day: date, sheets: list[dict[int, int]]) -> None:
    """Two people read each sheet and agree."""
    other = next(person for person in stage.council() if person != stage.secretary)
    for code, lines in zip(scoring_paper.print_pile(row, 8, today=day), sheets, strict=False):
        for by in (stage.secretary, other):
            scoring_paper.key(scoring_paper.find(row, code), lines, today=day, by=by)


def _value(draw: Random, mean: float) -> int:
    if draw.randrange(100) < _ABSTAINING:
        return 0
    return min(5, max(1, round(draw.gauss(mean, 0.8))))

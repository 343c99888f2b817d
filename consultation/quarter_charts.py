"""A compound's quarter in charts: each says its point in a sentence, is drawn in bars and has its table behind."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from compounds.oversight.charts.bars import Chart, Group, Row
from compounds.oversight.figures import Figure, Value
from consultation.figures.promises import BODIES, KEPT_PERCENT
from consultation.figures.quarter import Stood, Told
from consultation.figures.stays import DAYS_AT, Stay
from consultation.promises import KEPT, LATE
from consultation.promises import OPEN as STILL_OPEN
from consultation.steps import OPEN, Step


@dataclass(frozen=True)
class Panel:
    """One chart of the page. Without a ``chart`` there is nothing to draw yet, and ``sentence`` says so."""

    title: Any
    sentence: str
    definition: Any
    chart: Chart | None
    note: str = ""


def for_members(told: Told, stood: Stood) -> list[Panel]:
    return [_steps(told, stood), *for_everybody(told)]


def for_everybody(told: Told) -> list[Panel]:
    """Without how many matters stand where: on the board that would tell how many are kept confidential."""
    return [_time(told), _satisfaction(told), _promises(told)]


def _steps(told: Told, stood: Stood) -> Panel:
    now, then = (sum(counts.get(step, 0) for step in OPEN) for counts in (stood.now, stood.then))
    title = _("Where matters stand")
    definition = _("Open matters at each step, by what was written down at the time; confidential ones too.")
    if not now and not then:
        return Panel(title, _("Nothing was open in this quarter."), definition, None)
    words = {"now": _number(now), "then": _number(then)}
    if told.is_over:
        sentence = _("%(now)s open at the end of the quarter, %(then)s at its beginning.") % words
    else:
        sentence = _("%(now)s open now, %(then)s at the beginning of the quarter.") % words
    end = _("at its end") if told.is_over else pgettext("chart", "now")
    begin = _("at its beginning")
    rows = tuple(_step_row(step, stood.now.get(step, 0), stood.then.get(step, 0)) for step in OPEN)
    return Panel(title, sentence, definition, Chart((Group(rows),), "steps", (end, begin), (_("Step"), end, begin)))


def _step_row(step: Step, now: int, then: int) -> Row:
    figures = (_number(now), _number(then))
    return Row(step.label, figures[0], ((now,), (then,)), figures)


def _time(told: Told) -> Panel:
    title, left = _("How long each step takes"), [stay for stay in told.stays if stay.median is not None]
    before = {stay.step: stay for stay in told.stays_before}
    definition = DAYS_AT[Step.VISIT].definition
    if not left:
        return Panel(title, _("No matter left a step in this quarter."), definition, None)
    longest = max(left, key=lambda stay: stay.median or 0)
    words = {"step": longest.step.label, "days": _days(longest)}
    sentence = _("“%(step)s” takes longest: half of the matters stayed for more than %(days)s.") % words
    this, last = _("this quarter"), _("the quarter before")
    rows = tuple(_time_row(stay, before[stay.step]) for stay in told.stays if stay.stays or before[stay.step].stays)
    head = (_("Step"), this, pgettext("chart", "Matters"), last)
    return Panel(title, sentence, definition, Chart((Group(rows),), "time", (this, last), head))


def _time_row(stay: Stay, before: Stay) -> Row:
    cells = (_days(stay), _number(stay.stays), _days(before))
    return Row(stay.step.label, cells[0], ((stay.median or 0,), (before.median or 0,)), cells)


def _satisfaction(told: Told) -> Panel:
    line = told.satisfaction[told.quarter]
    title, definition = line.figure.name, line.figure.definition
    households = line.value.whole or 0
    sentence = _("Nobody has rated a result in this quarter.")
    if households:
        words = {"count": _number(households), "mean": number_format(round(line.number or 0, 1), 1)}
        sentence = (
            ngettext("%(count)s rating: %(mean)s of 5.", "%(count)s ratings: %(mean)s of 5 on average.", households)
            % words
        )
    if not any(one.value.whole for one in told.satisfaction.values()):
        return Panel(title, sentence, definition, None)
    rows = tuple(
        Row(
            capfirst(quarter.in_words),
            one.shown,
            ((one.number or 0,),),
            (one.shown, _number(one.value.whole or 0)),
            faint=one.figure.is_small(one.value),
        )
        for quarter, one in told.satisfaction.items()
    )
    head = (_("Quarter"), _("Mean"), _("Ratings"))
    note = _few(line.figure) if any(row.faint for row in rows) else ""
    return Panel(title, sentence, definition, Chart((Group(rows, top=5),), "satisfaction", (), head), note)


def _few(figure: Figure) -> str:
    return _("Pale: fewer than %(count)s ratings, too few to compare.") % {"count": figure.fewest_cases}


def _promises(told: Told) -> Panel:
    """By kind of body; those that promised nothing are left out."""
    found = told.promises
    kept, late = sum(found[KEPT].values()), sum(found[LATE].values())
    words = {KEPT: _("kept"), LATE: _("late"), STILL_OPEN: _("open, in time")}
    # Of a quarter that is over none is open.
    shown = (KEPT, LATE) if told.is_over else (KEPT, LATE, STILL_OPEN)
    rows = []
    for body, name in BODIES.items():
        counts = [found[what][body] for what in shown]
        if sum(counts):
            rows.append(_promises_row(name, counts))
    title = _("Promises kept and late")
    sentence = _("Nothing that was promised was due in this quarter.")
    if kept + late:
        said = {
            "kept": _number(kept),
            "all": _number(kept + late),
            "share": KEPT_PERCENT.text(Value(kept, kept + late)),
        }
        sentence = ngettext(
            "%(kept)s of %(all)s promise that was due was kept in time.",
            "%(kept)s of %(all)s promises that were due were kept in time.",
            kept + late,
        )
        sentence %= said
    chart = Chart(
        (Group(tuple(rows)),), "promises", tuple(words[what] for what in shown), (_("Who"), *(words[w] for w in shown))
    )
    return Panel(title, sentence, KEPT_PERCENT.definition, chart if rows else None)


def _promises_row(name: Any, counts: list[int]) -> Row:
    # What is not due yet is drawn, but is no promise broken.
    due = sum(counts[:2])
    of_due = {"kept": _number(counts[0]), "all": _number(due)}
    said = _("%(kept)s of %(all)s kept") % of_due if due else _("none due yet")
    return Row(capfirst(name), said, (tuple(map(float, counts)),), tuple(map(_number, counts)))


def _number(count: int) -> str:
    return number_format(count, 0, force_grouping=True)


def _days(stay: Stay) -> str:
    figure = DAYS_AT[stay.step]
    return figure.text(Value(stay.median, stay.stays)) if stay.median is not None else "–"

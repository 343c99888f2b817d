"""Of what people are told about the quarterly scoring: a sheet that waits, and a quarter that was skipped."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compounds.workdays.lateness import day, moment
from consultation.models import RoundState, Scorer, ScoringRound
from consultation.quarters import Quarter
from notices import reminders
from notices.reminders import Occasion
from notices.reminding.roster import Roster

# A first word, one that leaves a few days, and one on the last day.
_BEFORE_THE_END = (timedelta(days=3), timedelta(0))


def _to_score(now: datetime, until: datetime) -> Iterable[Occasion]:
    """For those drawn who have neither scored nor taken a paper sheet, as long as scores are taken."""
    rows = [row for row in ScoringRound.objects.filter(state=RoundState.OPEN) if row.takes_scores(day(now))]
    missing: dict[int, list[int]] = defaultdict(list)
    for scoring, person in Scorer.objects.still_to_score().filter(round__in=rows).values_list("round", "person"):
        missing[scoring].append(person)
    for row in rows:
        closes = row.closes_on
        if closes is None:
            continue
        days = {row.opened_on, *(closes - before for before in _BEFORE_THE_END)}
        facts = {"quarter": row.label, "until": closes.isoformat()}
        for on in sorted(one for one in days if row.opened_on <= one and moment(one) <= until):
            yield Occasion(f"{row.pk} {on}", moment(on), ("scoring_sheet", row.label), facts, about=missing[row.pk])


def _drawn(occasion: Occasion, _roster: Roster) -> Iterable[int]:
    return list(occasion.about)


def _to_score_text(facts: dict[str, Any]) -> str:
    until = date_format(date.fromisoformat(facts["until"]), "DATE_FORMAT")
    words = _(
        "Your score sheet for %(quarter)s waits: two or three minutes, until %(until)s. Nobody sees what you give."
    )
    return words % {"quarter": _in_words(facts), "until": until}


def _skipped(_now: datetime, _until: datetime) -> Iterable[Occasion]:
    for row in ScoringRound.objects.filter(state=RoundState.SKIPPED, noted_by=None):
        facts = {"quarter": row.label, "reason": row.skip_reason}
        yield Occasion(f"{row.pk}", moment(row.opened_on), ("scoring_round", row.label), facts)


def _branch(_occasion: Occasion, roster: Roster) -> Iterable[int]:
    return roster.branch()


def _skipped_text(facts: dict[str, Any]) -> str:
    reason = ScoringRound(skip_reason=facts["reason"]).get_skip_reason_display()
    return _("No scoring for %(quarter)s: %(reason)s.") % {"quarter": _in_words(facts), "reason": reason}


def _in_words(facts: dict[str, Any]) -> str:
    year, number = facts["quarter"].split("-Q")
    return Quarter(int(year), int(number)).in_words


reminders.register(
    "scoring_open",
    title=gettext_lazy("A score sheet to fill in"),
    due=_to_score,
    recipients=_drawn,
    text=_to_score_text,
)
reminders.register(
    "scoring_skipped",
    title=gettext_lazy("A quarter without scoring"),
    due=_skipped,
    recipients=_branch,
    text=_skipped_text,
)

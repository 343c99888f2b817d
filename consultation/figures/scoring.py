"""How many take part in the quarterly scoring, and what they think of procedure and feedback."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from consultation.models import ScoringRound
from consultation.standings import Standing, standings

PARTICIPATION = Figure(
    key="scoring_participation",
    name=_("Took part in scoring"),
    definition=_(
        "Sheets counted, on screen and on paper, of all who were drawn as scorers, in the round that was counted this "
        "quarter."
    ),
    kind=Kind.PERCENT,
    good=Good.UP,
    over=Over.QUARTER,
    unit="%",
    family=_("Scoring"),
)
PROCEDURE = Figure(
    key="scoring_procedure",
    name=_("How consultation was run"),
    definition=_(
        "Mean of the scores, 1 to 5, given to how consultation was run, in the round that was counted this quarter. "
        "Fewer than five scores give no result."
    ),
    kind=Kind.MEAN,
    good=Good.UP,
    over=Over.QUARTER,
    unit=_("of 5"),
    family=_("Scoring"),
)
FEEDBACK = Figure(
    key="scoring_feedback",
    name=_("How results were fed back"),
    definition=_(
        "Mean of the scores, 1 to 5, given to how results were fed back, in the round that was counted this quarter. "
        "Fewer than five scores give no result."
    ),
    kind=Kind.MEAN,
    good=Good.UP,
    over=Over.QUARTER,
    unit=_("of 5"),
    family=_("Scoring"),
)


def _count(on: date) -> dict[str, Value]:
    """Of the one round whose numbers were frozen in the quarter of that day, by its end."""
    quarter = periods.quarter_to(on)
    row = ScoringRound.objects.counted().filter(frozen_at__gte=quarter.start, frozen_at__lt=quarter.end).first()
    if row is None:
        return dict.fromkeys((PARTICIPATION.key, PROCEDURE.key, FEEDBACK.key), Value(0, 0))
    found = standings(row)
    return {
        PARTICIPATION.key: Value(row.sheets or 0, row.scorers.count()),
        PROCEDURE.key: _mean(found.procedure),
        FEEDBACK.key: _mean(found.feedback),
    }


def _mean(one: Standing) -> Value:
    return Value(one.total, one.scores) if one.total is not None else Value(0, 0)


register(PARTICIPATION, PROCEDURE, FEEDBACK, count=_count)

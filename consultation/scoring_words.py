"""The words in which a result is posted: who won, the two averages, how it was calculated, with an example.

A posting is a Chinese public record, so its text is made in Chinese whatever language is on.
"""

from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from compounds.kernel.words import listed
from consultation import fair_mean
from consultation.models import ScoringRound
from consultation.standings import Standing, Standings, winners

_LANGUAGE = "zh-hans"


def posting_title(scoring: ScoringRound) -> str:
    with translation.override(_LANGUAGE):
        return _("Result of the scoring of %(quarter)s") % {"quarter": scoring.of.in_words}


def corrected_title(scoring: ScoringRound) -> str:
    with translation.override(_LANGUAGE):
        return _("Corrected: result of the scoring of %(quarter)s") % {"quarter": scoring.of.in_words}


def posting_text(scoring: ScoringRound, found: Standings, *, correction: str = "") -> str:
    """At most 2,000 characters. Of the deliberators it names who won, and nobody else."""
    with translation.override(_LANGUAGE):
        parts = [correction, _who_won(found), _participation(scoring), _averages(found), method(scoring, found)]
        return "\n".join(part for part in parts if part)


def method(scoring: ScoringRound, found: Standings) -> str:
    """How the fair mean is calculated, in words and with an example, in the reader's language."""
    weight, fewest = scoring.prior_weight, scoring.fewest_scores
    facts: dict[str, object] = {"weight": weight, "fewest": fewest, "mean": found.mean_of_all}
    if found.mean_of_all is None:
        return _("A result needs at least %(fewest)s scores.") % facts
    shown = fair_mean.example(found.mean_of_all, weight=weight)
    facts |= {"scores": shown.scores, "total": shown.total, "plain": shown.mean, "fair": shown.fair_mean}
    facts |= {"above": weight * found.mean_of_all + Decimal(shown.total), "below": weight + shown.scores}
    # Each sentence on a line of its own, as on the poster.
    return "\n".join(
        [
            _(
                "How it is calculated: fair mean = (%(weight)s × mean of all deliberators + sum of one's scores) ÷ "
                "(%(weight)s + number of one's scores), so that few scores weigh less than many."
            )
            % facts,
            _("This time the mean of all is %(mean)s.") % facts,
            _(
                "Example (nobody's numbers): %(scores)s scores that add up to %(total)s have the average %(plain)s and "
                "the fair mean (%(weight)s × %(mean)s + %(total)s) ÷ (%(weight)s + %(scores)s) = %(above)s ÷ %(below)s "
                "= %(fair)s."
            )
            % facts,
            _("Means are rounded to two decimals; fewer than %(fewest)s scores give no result.") % facts,
        ]
    )


def _who_won(found: Standings) -> str:
    first = winners(found)
    if not first:
        return _("Nobody was given enough scores this time, so there is no most satisfying deliberator.")
    named = listed(
        _("%(name)s (fair mean %(mean)s, %(scores)s scores)")
        % {"name": one.name, "mean": one.fair_mean, "scores": one.scores}
        for one in first
    )
    return _("Most satisfying deliberator: %(names)s.") % {"names": named}


def _participation(scoring: ScoringRound) -> str:
    facts = {"sheets": scoring.sheets, "scorers": scoring.scorers.count()}
    return _("%(sheets)s of %(scorers)s scorers took part, on screen or on paper, without names.") % facts


def _averages(found: Standings) -> str:
    return "\n".join(
        [
            _("How consultation was run: %(mean)s of 5.") % {"mean": _average(found.procedure)},
            _("How results were fed back: %(mean)s of 5.") % {"mean": _average(found.feedback)},
        ]
    )


def _average(one: Standing) -> object:
    return one.mean if one.mean is not None else _("no result (too few scores)")

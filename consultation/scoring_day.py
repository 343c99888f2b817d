"""What of the quarterly scoring waits for one person today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from compounds.organisation.policies import allows
from consultation.models import RoundState, Scorer, ScoringRound
from consultation.standings import uncorrected
from consultation.waiting import Waiting


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """A sheet to fill in; for the branch a skipped quarter to take note of; for the secretary a correction to sign."""
    return [*_to_score(person, today), *_skipped(person), *_to_correct(person)]


def _to_score(person: Person, today: date) -> list[Waiting]:
    rows = Scorer.objects.still_to_score().filter(person=person, round__state=RoundState.OPEN).select_related("round")
    return [
        Waiting(
            str(scorer.round),
            _("your score sheet, two or three minutes; nobody sees what you give"),
            reverse("scoring_sheet", args=[scorer.round.label]),
            scorer.round.closes_on,
            scorer.round.dates_provisional,
        )
        for scorer in rows
        if scorer.round.takes_scores(today)
    ]


def _skipped(person: Person) -> list[Waiting]:
    if not allows("scoring.note", person):
        return []
    rows = ScoringRound.objects.filter(state=RoundState.SKIPPED, noted_by=None)
    return [
        Waiting(str(row), _("skipped: %(reason)s") % {"reason": row.get_skip_reason_display()}, row.get_absolute_url())
        for row in rows
    ]


def _to_correct(person: Person) -> list[Waiting]:
    if not allows("scoring.correct", person):
        return []
    posted = ScoringRound.objects.filter(state=RoundState.POSTED)
    what = _("an objection was upheld: a correction is to be signed")
    return [
        Waiting(str(row), what, reverse("scoring_correction", args=[row.label]))
        for row in posted
        if uncorrected(row).exists()
    ]

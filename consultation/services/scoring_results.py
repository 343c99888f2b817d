"""After the result is posted: objections to it, and corrections.

What was frozen never changes; a correction is a new row. An objection that waits, and one that was upheld and has led
to no correction yet, hold the award back.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.errors import NothingPosted, ObjectionAnswered, SameNumbers
from consultation.models import RoundState, ScoringCorrection, ScoringRound, ScoringSubject
from consultation.scoring_words import corrected_title, posting_text
from consultation.services.scoring import locked
from consultation.standings import standings, uncorrected
from notices import postings
from notices.models import Objection, ObjectionState, PostingKind


@transaction.atomic
def correct(
    scoring: ScoringRound,
    *,
    reason: str,
    subject: ScoringSubject | None = None,
    scores: int | None = None,
    total: int | None = None,
    today: date,
    by: Person,
) -> ScoringCorrection:
    """Sign a correction and put the corrected result up; its period begins anew, and the award waits for it.

    Without ``subject`` no number was wrong. The earliest objection that was upheld and still waits is met by it. Raises
    NothingPosted, SameNumbers.
    """
    scoring = locked(scoring)
    if scoring.state != RoundState.POSTED:
        raise NothingPosted
    _require_change(scoring, subject, scores, total)
    correction = ScoringCorrection(
        round=scoring,
        subject=subject,
        scores=scores,
        total=total,
        reason=reason,
        objection=uncorrected(scoring).order_by("answered_at", "pk").first(),
        by=by,
        at=timezone.now(),
    )
    correction.posting = postings.put_up(
        PostingKind.SCORING,
        title=corrected_title(scoring),
        text=posting_text(scoring, standings(scoring, also=correction), correction=reason),
        today=today,
        working_days=scoring.posting_days,
        by=by,
    )
    correction.save()
    audit.record("scoring.correct", about=scoring, by=by, reason=reason)
    touch("scoring")
    return correction


def _require_change(
    scoring: ScoringRound, subject: ScoringSubject | None, scores: int | None, total: int | None
) -> None:
    standing = next((one for one in standings(scoring).everything if one.subject == subject), None)
    if standing is not None and (standing.scores, standing.total) == (scores, total):
        raise SameNumbers


@transaction.atomic
def uphold(objection: Objection, *, answer: str, by: Person) -> Objection:
    """It is right: the award waits until the branch secretary has signed a correction. Raises ObjectionAnswered."""
    return _answer(objection, ObjectionState.UPHELD, answer=answer, by=by)


@transaction.atomic
def dismiss(objection: Objection, *, answer: str, by: Person) -> Objection:
    """It is not right, for the reason given. Raises ObjectionAnswered."""
    return _answer(objection, ObjectionState.DISMISSED, answer=answer, by=by)


def _answer(objection: Objection, state: ObjectionState, *, answer: str, by: Person) -> Objection:
    # The round first, so that an answer and the night's award come one after the other.
    scoring = ScoringRound.objects.told_by(objection.posting_id).get()
    locked(scoring)
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if objection.state != ObjectionState.OPEN:
        raise ObjectionAnswered(answer=objection.answer)
    objection.state, objection.answer = state, answer
    objection.answered_at, objection.answered_by = timezone.now(), by
    objection.save(update_fields=["state", "answer", "answered_at", "answered_by", "updated_at"])
    touch("objections")
    return objection

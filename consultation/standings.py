"""What stands of a round's result: the frozen numbers, with corrections put in their place. Reads only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compounds.organisation.models import Person
from consultation import fair_mean
from consultation.fair_mean import Sum, printed
from consultation.models import ScoringCorrection, ScoringRound, ScoringSubject, SubjectKind
from notices.models import Objection, ObjectionState, Posting
from notices.models.objection import ObjectionQuerySet


@dataclass(frozen=True)
class Standing:
    """One subject: its scores, and, where there are enough of them, plain average, fair mean and place."""

    subject: ScoringSubject
    scores: int
    total: int | None
    mean: Decimal | None
    fair_mean: Decimal | None
    place: int | None
    corrected: bool

    @property
    def person(self) -> Person | None:
        return self.subject.person

    @property
    def kind(self) -> str:
        return self.subject.kind

    @property
    def name(self) -> str:
        return str(self.subject)


@dataclass(frozen=True)
class Standings:
    """One round: procedure and feedback, the deliberators in order, and the mean that they are drawn towards."""

    procedure: Standing
    feedback: Standing
    people: list[Standing]
    mean_of_all: Decimal | None

    @property
    def everything(self) -> list[Standing]:
        return [self.procedure, self.feedback, *self.people]


def standings(scoring: ScoringRound, *, also: ScoringCorrection | None = None) -> Standings:
    """As it stands today, or would with a correction that is not saved yet.

    Corrected numbers take the place of the frozen ones, and the order follows from them. Only for a round whose numbers
    are frozen. Costs two queries.
    """
    subjects = list(scoring.subjects.counted().select_related("person"))
    corrections = [*scoring.corrections.all(), *([also] if also else [])]
    corrected = {one.subject_id: one for one in corrections if one.subject_id}
    sums = {one.pk: _sum(one, corrected.get(one.pk)) for one in subjects}
    of_people = {one.pk: sums[one.pk] for one in subjects if one.kind == SubjectKind.DELIBERATOR}
    places = fair_mean.places(of_people, fewest=scoring.fewest_scores, weight=scoring.prior_weight)
    lines = [
        _standing(one, sums[one.pk], places.get(one.pk), scoring.fewest_scores, corrected=one.pk in corrected)
        for one in subjects
    ]
    by_kind = {line.kind: line for line in lines}
    people = [line for line in lines if line.kind == SubjectKind.DELIBERATOR]
    return Standings(
        procedure=by_kind[SubjectKind.PROCEDURE],
        feedback=by_kind[SubjectKind.FEEDBACK],
        people=sorted(people, key=lambda one: (one.place or len(people) + 1, one.name)),
        mean_of_all=fair_mean.overall(of_people, fewest=scoring.fewest_scores),
    )


def _standing(
    subject: ScoringSubject, given: Sum, place: fair_mean.Place | None, fewest: int, *, corrected: bool
) -> Standing:
    enough = given.scores >= fewest
    return Standing(
        subject=subject,
        scores=given.scores,
        total=given.total if enough else None,
        mean=printed(given.mean) if enough else None,
        fair_mean=place.fair_mean if place else None,
        place=place.place if place else None,
        corrected=corrected,
    )


def winners(found: Standings) -> list[Standing]:
    """Who is first; several where they are equal as printed."""
    return [one for one in found.people if one.place == 1]


def own(found: Standings, person: Person | None) -> Standing | None:
    """What this person was given, if they were scored."""
    return next((one for one in found.people if person is not None and one.person == person), None)


def hindrances_to_award(scoring: ScoringRound, today: date) -> bool:
    """Whether a posting still hangs, an objection waits, or one that was upheld has led to no correction yet."""
    told = postings_of(scoring)
    if scoring.posting is None or any(today <= posting.ends_on for posting in told):
        return True
    return objections_of(scoring).open().exists() or uncorrected(scoring).exists()


def postings_of(scoring: ScoringRound) -> list[Posting]:
    """Every posting of its result, the first one first."""
    first = [scoring.posting] if scoring.posting else []
    return first + [one.posting for one in scoring.corrections.select_related("posting")]


def objections_of(scoring: ScoringRound) -> ObjectionQuerySet:
    """Objections to any posting of its result."""
    return Objection.objects.filter(posting__in=[posting.pk for posting in postings_of(scoring)])


def uncorrected(scoring: ScoringRound) -> ObjectionQuerySet:
    """Objections that were upheld and wait for the correction that they ask for."""
    return objections_of(scoring).filter(state=ObjectionState.UPHELD, scoring_correction__isnull=True)


def _sum(subject: ScoringSubject, correction: ScoringCorrection | None) -> Sum:
    if correction is not None and correction.scores is not None and correction.total is not None:
        return Sum(correction.scores, correction.total)
    return Sum(subject.scores or 0, subject.total or 0)

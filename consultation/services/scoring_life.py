"""What the nights make of a round: open → frozen → posted → awarded, or skipped. Each step happens once.

``turn`` is called by the night's run with its local day. Every step is a transaction of its own that locks the round
and looks again, so a lost message, one that comes twice or late, two at once, or a worker killed in the middle change
nothing; and since a round never goes back, neither does a clock that is set back.
"""

from datetime import date

import structlog
from django.db import transaction
from django.utils import timezone

from compounds.organisation.models import Person, Post, PostKind
from compounds.oversight.outbox import touch
from consultation import fair_mean
from consultation.errors import TalliesUnreadable
from consultation.models import Award, RoundState, ScoringRound, ScoringSubject, SubjectKind
from consultation.quarters import Quarter
from consultation.scoring_words import posting_text, posting_title
from consultation.services import scoring_paper, scoring_tallies
from consultation.services.scoring import locked, open_round
from consultation.standings import hindrances_to_award, standings, winners
from notices import postings
from notices.models import PostingKind

log = structlog.get_logger(__name__)

# Who signs the posting, the first of whom serves: the branch, else whoever leads the general branch.
_SIGN = (PostKind.BRANCH_SECRETARY, PostKind.BRANCH_COMMITTEE, PostKind.GENERAL_SECRETARY)


def turn(day: date) -> None:
    """Everything that is due on that day in the compound one stands in. Calling it again changes nothing.

    A round whose tallies cannot be opened holds no other one up; TalliesUnreadable is raised in the end, so that the
    night's run shows as failed until the earlier key is named.
    """
    open_round(Quarter.before(day), today=day)
    unreadable: TalliesUnreadable | None = None
    for scoring in ScoringRound.objects.under_way().order_by("year", "quarter"):
        try:
            freeze(scoring, today=day)
        except TalliesUnreadable as error:
            unreadable = error
        post(scoring, today=day)
        award(scoring, today=day)
    if unreadable:
        raise unreadable


@transaction.atomic
def freeze(scoring: ScoringRound, *, today: date) -> bool:
    """Open the tallies once and write down what they say. Whether this call did it.

    It is time after the last day; while sheets that were taken are not keyed in, two working days later.
    """
    scoring = locked(scoring)
    if scoring.state != RoundState.OPEN or not _is_over(scoring, today):
        return False
    counts = scoring_tallies.read(scoring)
    sums = scoring_tallies.sums(counts)
    subjects = list(scoring.subjects.all())
    of_people = {subject.pk: sums[subject.pk] for subject in subjects if subject.kind == SubjectKind.DELIBERATOR}
    places = fair_mean.places(of_people, fewest=scoring.fewest_scores, weight=scoring.prior_weight)
    for subject in subjects:
        _write(scoring, subject, sums[subject.pk], places.get(subject.pk), counts[subject.pk, 0])
    # While the round is open still: afterwards nobody writes them any more.
    ScoringSubject.objects.bulk_update(subjects, ["scores", "abstained", "total", "fair_mean", "place"])
    scoring.state, scoring.frozen_at = RoundState.FROZEN, timezone.now()
    scoring.sheets = scoring_tallies.counted_sheets(scoring)
    scoring.mean_of_all = fair_mean.overall(of_people, fewest=scoring.fewest_scores)
    # Links are good for nothing any more, and what was keyed in once only is on the paper.
    scoring.paper_sheets.filter(counted=False).delete()
    scoring.save(update_fields=["state", "frozen_at", "sheets", "mean_of_all"])
    touch("scoring")
    log.info("scoring_frozen", quarter=scoring.label)
    return True


def _is_over(scoring: ScoringRound, today: date) -> bool:
    if scoring.closes_on is None or scoring.keying_until is None or today <= scoring.closes_on:
        return False
    return today > scoring.keying_until or scoring_paper.counted(scoring) >= scoring_paper.taken(scoring)


def _write(
    scoring: ScoringRound,
    subject: ScoringSubject,
    given: fair_mean.Sum,
    place: fair_mean.Place | None,
    abstained: int,
) -> None:
    subject.scores, subject.abstained = given.scores, abstained
    subject.total = given.total if given.scores >= scoring.fewest_scores else None
    subject.fair_mean = place.fair_mean if place else None
    subject.place = place.place if place else None


@transaction.atomic
def post(scoring: ScoringRound, *, today: date) -> bool:
    """Put the result up, with its places, for the period set. Whether this call did it.

    Where nobody serves who could sign it, it waits for the next night.
    """
    scoring = locked(scoring)
    by = _who_signs(today)
    if scoring.state != RoundState.FROZEN:
        return False
    if by is None:
        log.warning("scoring_waits_for_a_signature", quarter=scoring.label)
        return False
    scoring.posting = postings.put_up(
        PostingKind.SCORING,
        title=posting_title(scoring),
        text=posting_text(scoring, standings(scoring)),
        today=today,
        working_days=scoring.posting_days,
        by=by,
    )
    scoring.state = RoundState.POSTED
    scoring.save(update_fields=["state", "posting"])
    touch("scoring")
    return True


@transaction.atomic
def award(scoring: ScoringRound, *, today: date) -> bool:
    """After the posting has hung to its end and nothing stands against it: the award. Whether this call gave it.

    Where nobody has enough scores the round ends without one.
    """
    scoring = locked(scoring)
    if scoring.state != RoundState.POSTED or hindrances_to_award(scoring, today):
        return False
    now = timezone.now()
    Award.objects.bulk_create(
        Award(round=scoring, person=one.person, fair_mean=one.fair_mean, scores=one.scores, given_at=now)
        for one in winners(standings(scoring))
        if one.person and one.fair_mean is not None
    )
    scoring.state, scoring.awarded_at = RoundState.AWARDED, now
    scoring.save(update_fields=["state", "awarded_at"])
    touch("scoring")
    return True


def _who_signs(day: date) -> Person | None:
    posts = Post.objects.serving(day).filter(kind__in=_SIGN).select_related("person").order_by("starts_on", "pk")
    ordered = sorted(posts, key=lambda post: _SIGN.index(PostKind(post.kind)))
    return ordered[0].person if ordered else None

"""Quarterly scoring: a round is opened with a snapshot, and whoever is in it scores once.

Submitting locks the round and the scorer, checks the lines and counts them; no row, no log line and no message says
what was given, or when (docs/adr/0020).
"""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from compounds.accounts.models import hash_token, new_token
from compounds.organisation import audit
from compounds.organisation.models import Level, Person, Post, Unit
from compounds.oversight.outbox import touch
from compounds.workdays import calendar
from consultation.errors import (
    NotSkipped,
    ScoredAlready,
    ScoringLinkGone,
    ScoringNotOpen,
    SheetIncomplete,
    TookPaper,
)
from consultation.models import (
    Attendance,
    AttendanceKind,
    ConsultationSettings,
    Issue,
    RoundState,
    Scorer,
    ScoringRound,
    ScoringSubject,
    SkipReason,
    SubjectKind,
)
from consultation.models.scoring import SCORING_POSTS, VALUES
from consultation.quarters import Quarter
from consultation.services import scoring_tallies
from consultation.services.scoring_tallies import Lines

# Working days after the last one within which paper that came in by then is keyed in.
KEYING_DAYS = 2


@transaction.atomic
def open_round(quarter: Quarter, *, today: date) -> ScoringRound | None:
    """Open the quarter's round, once, with today's scorers; or write down why it is skipped.

    None where there is nothing to do: it is there already, a later one is, the quarter or its first working day
    afterwards is not over, or this compound had not begun yet.
    """
    # One round is opened at a time: a message that comes twice finds the first one's row.
    Unit.objects.select_for_update().get(level=Level.BRANCH)
    latest = ScoringRound.objects.first()
    if today < quarter.opens_on() or (latest and latest.of >= quarter):
        return None
    if not Issue.objects.filter(created_at__lt=quarter.period.end).exists():
        return None
    deliberators = _sat_in(quarter)
    scorers = _scorers_on(today)
    if not deliberators or not scorers:
        reason = SkipReason.NO_SCORER if deliberators else SkipReason.NO_MEETING
        scoring = ScoringRound.objects.create(
            year=quarter.year, quarter=quarter.number, state=RoundState.SKIPPED, opened_on=today, skip_reason=reason
        )
    else:
        scoring = _open(quarter, today, deliberators, scorers)
    touch("scoring")
    return scoring


def _open(quarter: Quarter, today: date, deliberators: list[int], scorers: dict[int, str]) -> ScoringRound:
    settings = ConsultationSettings.current()
    closes = calendar.after(today, settings.scoring_days)
    keying = calendar.after(closes.day, KEYING_DAYS)
    scoring = ScoringRound.objects.create(
        year=quarter.year,
        quarter=quarter.number,
        opened_on=today,
        closes_on=closes.day,
        keying_until=keying.day,
        dates_provisional=keying.provisional,
        posting_days=settings.scoring_posting_days,
    )
    subjects: list[tuple[SubjectKind, int | None]] = [(SubjectKind.PROCEDURE, None), (SubjectKind.FEEDBACK, None)]
    subjects += [(SubjectKind.DELIBERATOR, person) for person in deliberators]
    ScoringSubject.objects.bulk_create(
        ScoringSubject(round=scoring, kind=kind, person_id=person, position=n)
        for n, (kind, person) in enumerate(subjects, start=1)
    )
    Scorer.objects.bulk_create(Scorer(round=scoring, person_id=key, post=post) for key, post in scorers.items())
    scoring_tallies.begin(scoring)
    return scoring


def _sat_in(quarter: Quarter) -> list[int]:
    """Keys of the deliberators who sat in a meeting of the quarter, by name. A cancelled meeting is none."""
    sat = Attendance.objects.filter(
        kind=AttendanceKind.DELIBERATOR,
        meeting__cancelled_at__isnull=True,
        meeting__starts_at__gte=quarter.period.start,
        meeting__starts_at__lt=quarter.period.end,
    )
    return list(Person.objects.filter(pk__in=sat.values("person")).order_by("name", "pk").values_list("pk", flat=True))


def _scorers_on(day: date) -> dict[int, str]:
    """By key of the person, the post as which they score; each person once. In the order of their names."""
    posts = Post.objects.serving(day).filter(kind__in=SCORING_POSTS).order_by("person__name", "person")
    held: dict[int, set[str]] = {}
    for person, kind in posts.values_list("person", "kind"):
        held.setdefault(person, set()).add(kind)
    return {person: next(kind for kind in SCORING_POSTS if kind in kinds) for person, kinds in held.items()}


def subjects_for(scorer: Scorer) -> list[ScoringSubject]:
    """What this scorer is asked about: everything but themselves."""
    rows = ScoringSubject.objects.filter(round=scorer.round_id).select_related("person")
    return [subject for subject in rows if subject.person_id is None or subject.person_id != scorer.person_id]


def require_may_score(scorer: Scorer, today: date) -> None:
    """Raise ScoringNotOpen, ScoredAlready or TookPaper unless this scorer may score now."""
    if not scorer.round.takes_scores(today):
        raise ScoringNotOpen
    if scorer.scored:
        raise ScoredAlready
    if scorer.took_paper:
        raise TookPaper


@transaction.atomic
def submit(scorer: Scorer, lines: Lines, *, today: date) -> None:
    """Count one sheet and throw it away. ``lines`` has a value (0: abstains) for every subject but the scorer's self.

    Writes neither audit entry nor outbox row: they would say when. Raises ScoringNotOpen, ScoredAlready, TookPaper,
    SheetIncomplete.
    """
    scoring = locked(scorer.round)
    scorer = Scorer.objects.select_for_update(of=("self",)).select_related("round").get(pk=scorer.pk)
    require_may_score(scorer, today)
    asked = {subject.pk for subject in subjects_for(scorer)}
    if set(lines) != asked or not set(lines.values()) <= set(VALUES):
        raise SheetIncomplete
    # Oneself counts as abstained, so that every subject has as many as there are sheets.
    everything = dict.fromkeys(scoring.subjects.values_list("pk", flat=True), 0) | dict(lines)
    scoring_tallies.add(scoring, [everything])
    scorer.scored = True
    scorer.save(update_fields=["scored"])


def locked(scoring: ScoringRound) -> ScoringRound:
    """The round as it is now, held until the transaction ends. Always the first lock that is taken."""
    return ScoringRound.objects.select_for_update().get(pk=scoring.pk)


def scorers_to_remind(scoring: ScoringRound) -> QuerySet[Scorer]:
    """Who has neither scored nor taken paper, while the round is open; nobody afterwards. For reminders."""
    rows = Scorer.objects.filter(round=scoring, round__state=RoundState.OPEN).still_to_score()
    return rows.select_related("person")


# --- The one-time link -----------------------------------------------------------------------------------------------


@transaction.atomic
def make_link(scorer: Scorer, *, today: date, by: Person) -> str:
    """A fresh link for somebody who has not scored; an earlier one stops working. Returns its token.

    Raises ScoringNotOpen, ScoredAlready, TookPaper.
    """
    locked(scorer.round)
    scorer = Scorer.objects.select_for_update(of=("self",)).select_related("round", "person").get(pk=scorer.pk)
    require_may_score(scorer, today)
    token = new_token()
    scorer.link_hash = hash_token(token)
    scorer.save(update_fields=["link_hash"])
    audit.record("scoring.link", about=scorer.person, by=by, quarter=scorer.round.label)
    return token


def find_by_link(token: str) -> Scorer:
    """Whose link that is. Changes nothing. Raises ScoringLinkGone."""
    found = Scorer.objects.select_related("round", "person").filter(link_hash=hash_token(token)).first()
    if found is None:
        raise ScoringLinkGone
    return found


@transaction.atomic
def note(scoring: ScoringRound, *, by: Person) -> ScoringRound:
    """Somebody of the branch has read that the quarter is skipped; the first one stays. Raises NotSkipped."""
    scoring = locked(scoring)
    if scoring.state != RoundState.SKIPPED:
        raise NotSkipped
    if scoring.noted_by is None:
        scoring.noted_by = by
        scoring.save(update_fields=["noted_by"])
    return scoring

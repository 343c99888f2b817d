"""Quarterly scoring: the round, who may score, what is scored, and the tallies. No sheet is stored (docs/adr/0020)."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person, PostKind
from consultation.fair_mean import FEWEST, HIGHEST, PRIOR_WEIGHT
from consultation.quarters import Quarter
from notices.models import Posting

# What stands for “I would rather not say” among the values of a tally.
ABSTAINED = 0
VALUES = range(ABSTAINED, HIGHEST + 1)
# Whose holders score (domain: Quarterly scoring), the one first by which a scorer is named.
SCORING_POSTS = (PostKind.RESIDENTS_REP, PostKind.VOLUNTEER_LEADER, PostKind.PARTY_MEMBER)


class RoundState(models.TextChoices):
    OPEN = "open", _("scoring is open")
    FROZEN = "frozen", _("counted, soon posted")
    POSTED = "posted", _("posted")
    AWARDED = "awarded", _("ended")
    SKIPPED = "skipped", _("not held")


class SkipReason(models.TextChoices):
    NO_MEETING = "no_meeting", _("no meeting was held in the quarter")
    NO_SCORER = "no_scorer", _("nobody holds a post that scores")


class ScoringRoundQuerySet(models.QuerySet["ScoringRound"]):
    def open(self) -> Self:
        return self.filter(state=RoundState.OPEN)

    def under_way(self) -> Self:
        """What a night may still move on."""
        return self.exclude(state__in=[RoundState.AWARDED, RoundState.SKIPPED])

    def counted(self) -> Self:
        """Its numbers are frozen."""
        return self.filter(frozen_at__isnull=False)

    def told_by(self, posting_id: int) -> Self:
        """The round whose result that posting tells, first or as it was corrected."""
        corrected = Q(pk__in=self.model.objects.filter(corrections__posting=posting_id).values("pk"))
        return self.filter(Q(posting=posting_id) | corrected)


class ScoringRound(models.Model):
    """One quarter's scoring in this compound. Moved on by the night's work only; it never goes back."""

    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=RoundState.choices, default=RoundState.OPEN)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    opened_on = models.DateField()
    # The last day on which it is scored; and the last on which paper that came in by then is still keyed in.
    closes_on = models.DateField(null=True)
    keying_until = models.DateField(null=True)
    dates_provisional = models.BooleanField(default=False, db_default=False)
    # As they were set when it opened: what is changed later is for later rounds.
    posting_days = models.PositiveSmallIntegerField(default=5, db_default=5)
    fewest_scores = models.PositiveSmallIntegerField(default=FEWEST, db_default=FEWEST)
    prior_weight = models.PositiveSmallIntegerField(default=PRIOR_WEIGHT, db_default=PRIOR_WEIGHT)
    # New at each writing of the tallies; not secret (consultation.seal).
    nonce = models.CharField(max_length=32, default="", db_default="", editable=False)
    frozen_at = models.DateTimeField(null=True)
    sheets = models.PositiveIntegerField(null=True)
    mean_of_all = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, null=True, related_name="scoring_round")
    awarded_at = models.DateTimeField(null=True)
    skip_reason = models.CharField(max_length=12, choices=SkipReason.choices, default="", db_default="", blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    objects = ScoringRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="one_scoring_per_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="a_year_has_four_quarters"),
            models.CheckConstraint(
                condition=Q(state="skipped", closes_on__isnull=True) & ~Q(skip_reason="")
                | ~Q(state="skipped") & Q(skip_reason="", closes_on__isnull=False, keying_until__gte=F("closes_on")),
                name="scoring_is_held_or_skipped_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "skipped"], frozen_at__isnull=True, sheets__isnull=True)
                | Q(state__in=["frozen", "posted", "awarded"], frozen_at__isnull=False, sheets__isnull=False),
                name="scoring_is_counted_once_closed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["posted", "awarded"], posting__isnull=False)
                | Q(state__in=["open", "frozen", "skipped"], posting__isnull=True),
                name="posted_scoring_has_its_posting",
            ),
            models.CheckConstraint(
                condition=Q(state="awarded", awarded_at__isnull=False)
                | ~Q(state="awarded") & Q(awarded_at__isnull=True),
                name="ended_scoring_says_when",
            ),
        ]

    def __str__(self) -> str:
        return _("Scoring of %(quarter)s") % {"quarter": self.of.in_words}

    def get_absolute_url(self) -> str:
        return reverse("scoring_round", args=[self.label])

    @property
    def of(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @property
    def label(self) -> str:
        """How addresses name it: 2026-Q4."""
        return str(self.of)

    def takes_scores(self, today: date) -> bool:
        """Whether one may score on that day; after the last day nobody may, though the night has not come yet."""
        return self.state == RoundState.OPEN and self.closes_on is not None and today <= self.closes_on


class SubjectKind(models.TextChoices):
    PROCEDURE = "procedure", _("how consultation was run")
    FEEDBACK = "feedback", _("how results were fed back")
    DELIBERATOR = "deliberator", _("deliberator")


class ScoringSubjectQuerySet(models.QuerySet["ScoringSubject"]):
    def counted(self) -> Self:
        """Its numbers are frozen."""
        return self.filter(scores__isnull=False)


class ScoringSubject(models.Model):
    """One thing that is scored in one round: the procedure, the feedback, or one deliberator who sat in the quarter.

    And what it was given, written when the round is frozen; from then on a trigger keeps the row as it is.
    """

    round = models.ForeignKey(ScoringRound, on_delete=models.PROTECT, related_name="subjects", db_index=False)
    kind = models.CharField(max_length=12, choices=SubjectKind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="scored_as")
    position = models.PositiveSmallIntegerField()
    # With fewer scores than the round asks for there is only their number.
    scores = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(null=True)
    # Of deliberators only.
    fair_mean = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    place = models.PositiveSmallIntegerField(null=True)

    objects = ScoringSubjectQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind", "person"], nulls_distinct=False, name="scored_once_per_round"
            ),
            models.CheckConstraint(
                condition=Q(kind="deliberator", person__isnull=False) | ~Q(kind="deliberator") & Q(person__isnull=True),
                name="only_a_deliberator_is_a_person",
            ),
            models.CheckConstraint(
                condition=Q(scores__isnull=True, abstained__isnull=True, total__isnull=True)
                | Q(scores__isnull=False, abstained__isnull=False),
                name="counted_whole_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True, fair_mean__isnull=True, place__isnull=True)
                | Q(total__gte=F("scores"), total__lte=5 * F("scores")),
                name="scores_add_up_to_what_they_can",
            ),
            models.CheckConstraint(
                condition=Q(fair_mean__isnull=True, place__isnull=True)
                | Q(fair_mean__range=(Decimal(1), Decimal(5)), place__gte=1),
                name="fair_mean_has_a_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person else str(self.get_kind_display())


class ScorerQuerySet(models.QuerySet["Scorer"]):
    def still_to_score(self) -> Self:
        """Has neither scored nor taken a paper sheet."""
        return self.filter(scored=False, took_paper=False)


class Scorer(models.Model):
    """Somebody who may score in one round: drawn when it opened, whatever becomes of their post afterwards.

    That somebody has scored is known; **when** is not: there is no time on this row, and no other row is written then
    but the tallies, all of them.
    """

    round = models.ForeignKey(ScoringRound, on_delete=models.PROTECT, related_name="scorers", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scorer_in")
    post = models.CharField(max_length=20, choices=PostKind.choices)
    scored = models.BooleanField(default=False)
    took_paper = models.BooleanField(default=False)
    # Of the token of a one-time link only a hash is kept.
    link_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)

    objects = ScorerQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="scorer_once_per_round"),
            models.CheckConstraint(condition=~Q(scored=True, took_paper=True), name="scores_on_screen_or_on_paper"),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Tally(models.Model):
    """How many gave one value (0: abstained) to one subject, sealed. A round's are all rewritten at each submission."""

    round = models.ForeignKey(ScoringRound, on_delete=models.PROTECT, related_name="tallies", db_index=False)
    subject = models.ForeignKey(ScoringSubject, on_delete=models.PROTECT, related_name="tallies")
    value = models.PositiveSmallIntegerField()
    sealed = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "subject", "value"], name="one_tally_per_value"),
            models.CheckConstraint(condition=Q(value__range=(ABSTAINED, HIGHEST)), name="tally_of_a_value_there_is"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id}: {self.value}"

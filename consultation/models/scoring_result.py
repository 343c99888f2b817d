"""What a scoring found: frozen numbers, corrections beside them, awards. Rows are only added, as triggers see to."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from consultation.models.scoring import ScoringRound, ScoringSubject
from notices.models import Objection, Posting


class ScoringResult(models.Model):
    """What one subject was given, frozen. With fewer scores than the round asks for there is only their number."""

    subject = models.OneToOneField(ScoringSubject, on_delete=models.PROTECT, related_name="result")
    scores = models.PositiveIntegerField()
    abstained = models.PositiveIntegerField()
    total = models.PositiveIntegerField(null=True)
    # Of deliberators only.
    fair_mean = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["subject__position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__isnull=True, fair_mean__isnull=True, place__isnull=True)
                | Q(total__gte=models.F("scores"), total__lte=5 * models.F("scores")),
                name="scores_add_up_to_what_they_can",
            ),
            models.CheckConstraint(
                condition=Q(fair_mean__isnull=True, place__isnull=True)
                | Q(fair_mean__range=(Decimal(1), Decimal(5)), place__gte=1),
                name="fair_mean_has_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id}: {self.scores}"


class ScoringCorrection(models.Model):
    """Something about a posted result was not right. Signed by whoever corrects; what was frozen stays beside it."""

    round = models.ForeignKey(ScoringRound, on_delete=models.PROTECT, related_name="corrections")
    # What of the numbers was wrong, if any was: the paper was counted again by hand.
    result = models.ForeignKey(ScoringResult, on_delete=models.PROTECT, null=True, related_name="corrections")
    scores = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(null=True)
    reason = models.CharField(_("what was wrong, and what is right"), max_length=500)
    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, null=True, related_name="scoring_correction")
    # What was put up in place of the earlier posting.
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="scoring_correction")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__isnull=True, scores__isnull=True, total__isnull=True)
                | Q(
                    result__isnull=False,
                    scores__isnull=False,
                    total__gte=models.F("scores"),
                    total__lte=5 * models.F("scores"),
                ),
                name="correction_names_both_numbers_or_none",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.at:%Y-%m-%d}"


class Award(models.Model):
    """群众最满意议事员: who won one round, after its posting hung without an objection that stands."""

    round = models.ForeignKey(ScoringRound, on_delete=models.PROTECT, related_name="awards", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="awards")
    fair_mean = models.DecimalField(max_digits=3, decimal_places=2)
    scores = models.PositiveIntegerField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="awarded_once_per_round")]

    def __str__(self) -> str:
        return str(self.person)

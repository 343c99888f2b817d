"""What follows from frozen numbers: corrections beside them, and awards. Rows are only added, as triggers see to."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from consultation.models.scoring import ScoringRound, ScoringSubject
from notices.models import Objection, Posting


class ScoringCorrection(models.Model):
    """Something about a posted result was not right. Signed by whoever corrects; what was frozen stays beside it."""

    round = models.ForeignKey(ScoringRound, on_delete=models.PROTECT, related_name="corrections")
    # What of the numbers was wrong, if any was: the paper was counted again by hand.
    subject = models.ForeignKey(ScoringSubject, on_delete=models.PROTECT, null=True, related_name="corrections")
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
                condition=Q(subject__isnull=True, scores__isnull=True, total__isnull=True)
                | Q(
                    subject__isnull=False,
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

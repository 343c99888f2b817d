"""Scoring on paper: sheets from a pile, whose codes belong to nobody, and what two people keyed in of each."""

from typing import Any

from django.db import models

from consultation.models.scoring import ScoringRound


class PaperSheet(models.Model):
    """One printed sheet of the pile. Its code is on the paper only; who drew it is known to nobody."""

    round = models.ForeignKey(ScoringRound, on_delete=models.PROTECT, related_name="paper_sheets")
    code_hash = models.CharField(max_length=64, unique=True)
    counted = models.BooleanField(default=False)
    # What each person read off it, until two agree: by the person's key the value by the subject's key, as text.
    keyed: Any = models.JSONField(default=dict, db_default={}, blank=True)

    class Meta:
        # By the hash: the order of the rows is not the order of the pile.
        ordering = ["code_hash"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(counted=False) | models.Q(keyed={}), name="nothing_keyed_stays_of_a_counted_sheet"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.pk}"

"""Scoring on paper: sheets from a pile, whose codes belong to nobody, and what two people keyed in of each."""

from django.db import models

from compounds.organisation.models import Person
from consultation.models.scoring import ScoringRound


class PaperSheet(models.Model):
    """One printed sheet of the pile. Its code is on the paper only; who drew it is known to nobody."""

    round = models.ForeignKey(ScoringRound, on_delete=models.PROTECT, related_name="paper_sheets")
    code_hash = models.CharField(max_length=64, unique=True)
    counted = models.BooleanField(default=False)

    class Meta:
        # By the hash: the order of the rows is not the order of the pile.
        ordering = ["code_hash"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.pk}"


class PaperEntry(models.Model):
    """What one person keyed in of one sheet. Waits for a second person's; deleted once two agree and are counted."""

    sheet = models.ForeignKey(PaperSheet, on_delete=models.CASCADE, related_name="entries", db_index=False)
    keyed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    # Value by the subject's key, as text.
    lines = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "keyed_by"], name="keyed_once_per_person")]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.keyed_by_id}"

"""A spreadsheet of buildings, households and people between the look at it and the taking in."""

from django.db import models

from compounds.kernel.models import TimeStamped
from compounds.organisation.models.people import Person


class SheetImport(TimeStamped):
    """One uploaded spreadsheet. Its content holds personal data, so it goes as soon as it was taken in or dropped."""

    file_name = models.CharField(max_length=120)
    content = models.BinaryField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_in_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_in_at__isnull=True) | models.Q(content__isnull=True),
                name="taken_in_sheet_keeps_no_content",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

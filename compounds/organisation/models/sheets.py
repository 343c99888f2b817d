"""A spreadsheet of buildings, households and people between the look at it and the taking in."""

from django.db import models

from compounds.kernel.models import TimeStamped
from compounds.organisation.models.people import Person


class SheetImport(TimeStamped):
    """One uploaded spreadsheet. Its content holds personal data, so it goes as soon as it was taken in or dropped."""

    file_name = models.CharField(max_length=120)
    content = models.BinaryField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # The district's office in place of a person.
    office = models.CharField(max_length=140, blank=True, db_default="")
    taken_in_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_in_at__isnull=True) | models.Q(content__isnull=True),
                name="taken_in_sheet_keeps_no_content",
            ),
            models.CheckConstraint(
                condition=models.Q(by__isnull=False, office="") | (models.Q(by__isnull=True) & ~models.Q(office="")),
                name="sheet_is_a_persons_or_an_offices",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

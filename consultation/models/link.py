"""How two matters belong together: one was merged into the other, or split from it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Person
from consultation.models.issue import Issue


class LinkKind(models.TextChoices):
    MERGED_INTO = "merged_into", _("merged into")
    SPLIT_FROM = "split_from", _("split from")


class IssueLink(TimeStamped):
    """``issue`` was merged into, or split from, ``other``; both stories tell it."""

    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="linked_from")
    note = models.CharField(max_length=500, blank=True)
    # How many voices came along, and how many households stood behind ``other`` afterwards.
    voices = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(issue=F("other")), name="a_matter_is_not_linked_to_itself"),
            models.UniqueConstraint(
                fields=["issue"], condition=Q(kind="split_from"), name="split_from_one_matter_only"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.kind} {self.other_id}"

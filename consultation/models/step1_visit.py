"""Step 1: going round and asking."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models import Household, Person
from consultation.models.issue import Issue


class VisitOutcome(models.TextChoices):
    TALKED = "talked", _("talked")
    BY_PHONE = "by_phone", _("by phone")
    NOT_HOME = "not_home", _("not at home")
    REFUSED = "refused", _("did not want to")


# Which outcomes mean that somebody spoke with the household.
IN_TOUCH = (VisitOutcome.TALKED, VisitOutcome.BY_PHONE)


class Visit(TimeStamped):
    """One call at one door, and what came of it."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits", db_index=False)
    visited_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=VisitOutcome.choices)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    # The household's last contact before this visit: taking a mis-tap back restores it.
    contact_before = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-visited_on", "-pk"]
        indexes = [models.Index(fields=["household", "-visited_on"], name="visit_by_household")]

    def __str__(self) -> str:
        return f"{self.visited_on} {self.household}"

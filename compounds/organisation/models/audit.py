"""What was corrected, set or revealed, by whom. Inside the compound, so that compounds' histories never mix."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models.people import Person


class AuditEntry(models.Model):
    """One correction, setting or appointment. Rows are only added; a trigger refuses anything else."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    action = models.CharField(max_length=60)
    about = models.CharField(max_length=200)
    # Whom the entry names, so that an erasure finds it.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="audit_newest_first")]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.about}"

    @property
    def who(self) -> str:
        """The person here, or the office of the district that did it."""
        return str(self.by or self.facts.get("office") or _("the district"))

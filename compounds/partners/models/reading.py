"""Who read personal data through the API. Rows are only added; a trigger refuses anything else."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonalRead(models.Model):
    """One answer that told one system personal data of one matter. Of what it told only the kinds stand here.

    The system is named and no foreign key, so that the row outlives it.
    """

    system = models.BigIntegerField(db_index=False)
    name = models.CharField(_("partner system"), max_length=255)
    schema_name = models.CharField(_("compound"), max_length=63)
    about = models.CharField(_("matter"), max_length=20)
    # Names of fields of the API.
    told = ArrayField(models.CharField(max_length=20), verbose_name=_("what it was told"))
    people = models.PositiveIntegerField(_("of how many people"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("reading of personal data")
        verbose_name_plural = _("readings of personal data")
        indexes = [models.Index(fields=["system", "-at"], name="reading_by_system")]

    def __str__(self) -> str:
        return f"{self.name} {self.schema_name} {self.about}"

"""The district's own corrections of the working calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped


class DayOverride(TimeStamped):
    """One date that is, or is not, a working day here, whatever the national arrangement says."""

    day = models.DateField(_("date"), unique=True)
    works = models.BooleanField(_("working day"))
    reason = models.CharField(_("reason"), max_length=100)

    class Meta:
        verbose_name = _("calendar correction")
        verbose_name_plural = _("calendar corrections")

    def __str__(self) -> str:
        return f"{self.day}: {self.reason}"


class DistrictLimit(TimeStamped):
    """One limit as the district sets it for every compound that has not set its own."""

    key = models.CharField(_("limit"), max_length=40, unique=True)
    value = models.PositiveIntegerField(_("value"))

    class Meta:
        verbose_name = _("district limit")
        verbose_name_plural = _("district limits")

    def __str__(self) -> str:
        return self.key

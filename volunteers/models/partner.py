"""Outside organisations that have an agreement with the compound (结对共建单位)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped


class PartnerQuerySet(models.QuerySet["PartnerOrganisation"]):
    def paired(self, on: date) -> Self:
        """With an agreement in force on that day."""
        return self.filter(agreed_on__lte=on).exclude(ends_on__lt=on)


class PartnerOrganisation(TimeStamped):
    """One paired organisation, such as a hospital, with its agreement and whom to call there."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    about = models.CharField(_("what was agreed"), max_length=500, blank=True)
    contact_name = models.CharField(_("whom to call there"), max_length=60, blank=True)
    contact_phone = models.CharField(_("their phone"), max_length=20, blank=True)
    agreed_on = models.DateField(_("agreement of"))
    ends_on = models.DateField(_("agreement until"), null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["agreed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("agreed_on")),
                name="agreement_ends_after_it_starts",
                violation_error_message=_("An agreement cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partner", args=[self.pk])

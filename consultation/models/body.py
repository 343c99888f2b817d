"""Who can be made responsible for handling a matter."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped


class BodyKind(models.TextChoices):
    BRANCH = "branch", _("branch")
    PROPERTY_COMPANY = "property_company", _("property company")
    OWNERS_COMMITTEE = "owners_committee", _("owners' committee")
    DEVELOPER = "developer", _("developer")
    LIFT_MAINTAINER = "lift_maintainer", _("lift maintainer")
    UTILITY = "utility", _("water, power or gas company")
    AUTHORITY = "authority", _("authority")
    OTHER = "other", _("other")


class ResponsibleBodyQuerySet(models.QuerySet["ResponsibleBody"]):
    def in_use(self) -> Self:
        return self.filter(active=True)


class ResponsibleBody(TimeStamped):
    """One body of this compound that can handle a matter; it may, or may not, fill a party's seat."""

    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("name"), max_length=80, unique=True)
    # Whom a handler's link asks for: its last four digits are the second half of the key.
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True, db_default="")
    contact_phone = models.CharField(_("contact phone"), max_length=20, blank=True, db_default="")
    # Whom the branch turns to when the body is late (domain: Owners of work and escalation); an office, not a person.
    supervisor = models.CharField(_("supervised by"), max_length=80, blank=True, db_default="")
    active = models.BooleanField(_("in use"), default=True)

    objects = ResponsibleBodyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        """The contact phone with all but its ends hidden."""
        return f"{self.contact_phone[:3]}****{self.contact_phone[-4:]}" if len(self.contact_phone) >= 7 else ""

"""Who can be made responsible for handling a matter."""

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


class ResponsibleBody(TimeStamped):
    """One body of this compound that can handle a matter; it may, or may not, fill a party's seat."""

    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("name"), max_length=80, unique=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

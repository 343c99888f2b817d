"""Named series of activities (品牌), and the places where people meet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from volunteers.models.partner import PartnerOrganisation


class ProgrammeKind(models.TextChoices):
    BRAND = "brand", _("volunteers' brand")
    FEATURE = "feature", _("feature activity")
    PAIRED = "paired", _("with a paired organisation")


class Programme(TimeStamped):
    """One named series of activities (品牌), such as 邻里一家亲, 幸福邻里节 or 邻里医家亲."""

    kind = models.CharField(_("kind"), max_length=8, choices=ProgrammeKind.choices)
    name = models.CharField(_("name"), max_length=40, unique=True)
    about = models.CharField(_("what it is"), max_length=300, blank=True)
    partner = models.ForeignKey(
        PartnerOrganisation, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes"
    )
    since = models.DateField(_("since"))
    active = models.BooleanField(_("in use"), default=True, db_default=True)

    class Meta:
        ordering = ["kind", "since", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="programme_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Venue(TimeStamped):
    """One place where people meet, such as 邻聚里党群服务站. At one time it serves one activity."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    where = models.CharField(_("where it is"), max_length=120, blank=True)
    seats = models.PositiveIntegerField(_("how many people fit in"), null=True, blank=True)
    active = models.BooleanField(_("in use"), default=True, db_default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="venue_has_a_name")]

    def __str__(self) -> str:
        return self.name

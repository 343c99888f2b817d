"""Where this compound puts things up, besides its entrances."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped


class PlaceKind(models.TextChoices):
    NOTICE_BOARD = "notice_board", _("notice board")
    WECHAT_GROUP = "wechat_group", _("residents' WeChat group")
    OTHER = "other_place", _("another place")
    ENTRANCE = "entrance", _("entrance")


# What a compound names by itself; entrances come from its buildings.
SPOT_KINDS = [PlaceKind.NOTICE_BOARD, PlaceKind.WECHAT_GROUP, PlaceKind.OTHER]


class SpotQuerySet(models.QuerySet["Spot"]):
    def in_use(self) -> Self:
        return self.filter(active=True)


class Spot(TimeStamped):
    """One notice board, WeChat group or other place of this compound; every new posting hangs at those in use."""

    kind = models.CharField(max_length=14, choices=[(kind.value, kind.label) for kind in SPOT_KINDS])
    name = models.CharField(_("name"), max_length=40, unique=True)
    active = models.BooleanField(default=True, db_default=True)

    objects = SpotQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in SPOT_KINDS]), name="entrances_are_no_spots"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="spot_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

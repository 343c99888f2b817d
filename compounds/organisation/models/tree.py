"""The four levels: general branch → branch → buildings → neighbour groups (the article's 四级组织体系)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped


class Level(models.IntegerChoices):
    GENERAL_BRANCH = 1, _("general branch")
    BRANCH = 2, _("branch")
    BUILDING = 3, _("building")
    NEIGHBOUR_GROUP = 4, _("neighbour group")


class UnitQuerySet(models.QuerySet["Unit"]):
    def at(self, level: Level) -> Self:
        return self.filter(level=level)


class Unit(TimeStamped):
    """One node of the compound's tree. There is one general branch and one branch."""

    level = models.PositiveSmallIntegerField(choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", db_index=False
    )
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveIntegerField(default=0)
    founded_on = models.DateField(_("founded"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["level", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level=1, parent__isnull=True) | models.Q(level__gt=1, parent__isnull=False),
                name="only_the_root_has_no_parent",
            ),
            models.UniqueConstraint(
                fields=["level"], condition=models.Q(level__lte=2), name="one_general_branch_and_one_branch"
            ),
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_below_its_parent"),
        ]

    def __str__(self) -> str:
        return self.name

"""Kinds of matters, and who may read them."""

import re
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from consultation.steps import LIMITS, Step


class Openness(models.TextChoices):
    PUBLIC = "public", _("public")
    MEMBERS = "members", _("members only")
    CONFIDENTIAL = "confidential", _("confidential")


def _own_days() -> Any:
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(250)]
    )


class Category(TimeStamped):
    """One kind of matter in this compound; names are data, in both languages."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60)
    position = models.PositiveIntegerField(default=0)
    openness = models.CharField(max_length=12, choices=Openness.choices, default=Openness.PUBLIC)
    # Fire, gas, a trapped lift: the numbers to call come before the form (domain: Moves).
    emergency_numbers = models.CharField(max_length=120, blank=True)
    # Item of Civil Code article 278 that gives this matter to the owners' vote; empty where the council may decide.
    owners_vote_item = models.PositiveSmallIntegerField(null=True, blank=True)
    must_report = models.BooleanField(default=False)
    # Clock hours in which such a matter has to be reported.
    report_hours = models.PositiveSmallIntegerField(default=24, db_default=24)
    active = models.BooleanField(default=True)
    # Working days that a step takes for its matters, where the compound's limit does not fit.
    visit_days = _own_days()
    propose_days = _own_days()
    meet_days = _own_days()
    evaluate_days = _own_days()
    referred_days = _own_days()
    # A neighbour may help where such a matter asks for it: a request can be made of it.
    asks_for_help = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(*((f"{step.value}_days__range", (1, 250)) for step in LIMITS)),
                name="category_limits_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(owners_vote_item__isnull=True) | Q(owners_vote_item__range=(1, 9)),
                name="article_278_has_nine_items",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name

    @property
    def numbers_to_call(self) -> list[str]:
        """The telephone numbers among what is written about danger."""
        return re.findall(r"[0-9][0-9-]{2,}", self.emergency_numbers)

    @property
    def own_limits(self) -> dict[Step, int]:
        """The working days of those steps for which it has a limit of its own."""
        return {step: days for step in LIMITS if (days := getattr(self, f"{step.value}_days"))}

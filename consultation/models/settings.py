"""What this compound has set for itself: the weights of its points, and limits where the district's do not fit."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from consultation.limits import LIMITS


def _points(label: Any, default: int) -> Any:
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(100)])


def _own(key: str) -> Any:
    """A limit of this compound; empty where the district's holds."""
    limit = LIMITS[key]
    within = [MinValueValidator(limit.lowest), MaxValueValidator(limit.highest)]
    return models.PositiveSmallIntegerField(limit.title, null=True, blank=True, validators=within)


class ConsultationSettings(TimeStamped):
    """The one row of this compound's settings. A sorting keeps the weights it was made with."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    per_household = _points(_("points for each household"), 3)
    households_at_most = _points(_("for households, at most"), 30)
    urgent = _points(_("urgent"), 30)
    soon = _points(_("soon"), 15)
    frail = _points(_("elderly, ill or disabled people"), 20)
    families = _points(_("families with small children"), 10)
    per_waiting_day = _points(_("points for each day of waiting"), 1)
    waiting_at_most = _points(_("for waiting, at most"), 20)
    visit_days = _own("visit_days")
    propose_days = _own("propose_days")
    meet_days = _own("meet_days")
    evaluate_days = _own("evaluate_days")
    referred_days = _own("referred_days")
    visit_hours = _own("visit_hours")
    propose_hours = _own("propose_hours")
    referred_hours = _own("referred_hours")
    escalate_first_days = _own("escalate_first_days")
    escalate_next_days = _own("escalate_next_days")
    escalate_hours = _own("escalate_hours")
    office_days = _own("office_days")
    # Working days that a quarter's scoring is open, and that its result hangs (domain: Quarterly scoring).
    scoring_days = models.PositiveSmallIntegerField(
        _("Scoring is open for"),
        default=10,
        db_default=10,
        validators=[MinValueValidator(3), MaxValueValidator(30)],
    )
    scoring_posting_days = models.PositiveSmallIntegerField(
        _("The result hangs for"),
        default=5,
        db_default=5,
        validators=[MinValueValidator(3), MaxValueValidator(20)],
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_settings_row"),
            models.CheckConstraint(
                condition=Q(soon__lte=F("urgent"), families__lte=F("frail")), name="more_need_gives_no_fewer_points"
            ),
            models.CheckConstraint(
                condition=Q(urgent__lte=100 - F("households_at_most") - F("frail") - F("waiting_at_most")),
                name="at_most_a_hundred_points",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Weights and limits"))

    @classmethod
    def current(cls) -> "ConsultationSettings":
        """This compound's row; the district's defaults, not saved, where none was planted yet."""
        return cls.objects.filter(pk=1).first() or cls()

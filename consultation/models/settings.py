"""What this compound has set for itself: the weights of its points, the limits of its steps."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from consultation.steps import LIMITS, Step


def _points(label: Any, default: int) -> Any:
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(100)])


def _days(label: Any, step: Step) -> Any:
    limits = [MinValueValidator(1), MaxValueValidator(250)]
    return models.PositiveSmallIntegerField(label, default=LIMITS[step], validators=limits)


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
    visit_days = _days(_("Visit and ask"), Step.VISIT)
    propose_days = _days(_("Branch proposes"), Step.PROPOSE)
    meet_days = _days(_("Four parties consult"), Step.MEET)
    evaluate_days = _days(_("Sum up and evaluate"), Step.EVALUATE)
    referred_days = _days(_("Passed upward"), Step.REFERRED)
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

    def limit(self, step: Step) -> int | None:
        """Working days that a step may take; None where something else says so."""
        return getattr(self, f"{step.value}_days", None)

"""What one compound has set for itself, where the district's default does not fit."""

from datetime import timedelta
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped

# The district's default (domain: Ratings and figures).
DEFAULT_RHYTHM_DAYS = 90
RHYTHM_DAYS = (7, 366)


class OrganisationSettings(TimeStamped):
    """How this compound keeps in touch. At most one row; without one the district's defaults hold."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    contact_rhythm_days = models.PositiveSmallIntegerField(
        _("days between two contacts"), default=DEFAULT_RHYTHM_DAYS, db_default=DEFAULT_RHYTHM_DAYS
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_row_of_organisation_settings"),
            models.CheckConstraint(
                condition=Q(contact_rhythm_days__range=RHYTHM_DAYS), name="contact_rhythm_of_a_week_to_a_year"
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact_rhythm_days)


class PostTitle(TimeStamped):
    """What one kind of post is called here, in both languages (三长制 has other names elsewhere)."""

    kind = models.CharField(max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=20)
    title_en = models.CharField(_("English title"), max_length=40, blank=True)

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en")
        return self.title_en or self.title if english else self.title


def contact_rhythm() -> timedelta:
    """A household is in touch when somebody spoke with it within this time. Read once per stay in a compound."""
    known = _remembered()
    if "contact_rhythm" not in known:
        days = OrganisationSettings.objects.values_list("contact_rhythm_days", flat=True).first()
        known["contact_rhythm"] = timedelta(days=days or DEFAULT_RHYTHM_DAYS)
    rhythm: timedelta = known["contact_rhythm"]
    return rhythm


def own_titles() -> dict[str, PostTitle]:
    """The posts that are called differently here. Read once per stay in a compound."""
    known = _remembered()
    if "post_titles" not in known:
        known["post_titles"] = {title.kind: title for title in PostTitle.objects.all()}
    titles: dict[str, PostTitle] = known["post_titles"]
    return titles


def forget_settings() -> None:
    """Whoever changes a setting calls this, so that the rest of the request reads it anew."""
    _remembered().clear()


def _remembered() -> dict[str, Any]:
    """What was read since the thread came into this compound: each stay has a compound object of its own."""
    tenant: Any = connection.tenant  # type: ignore[attr-defined]
    if not hasattr(tenant, "settings_read"):
        tenant.settings_read = {}
    known: dict[str, Any] = tenant.settings_read
    return known

"""What one compound has set for itself, where the district's default does not fit."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped

# The district's default (domain: Ratings and figures).
DEFAULT_RHYTHM_DAYS = 90
RHYTHM_DAYS = (7, 366)


class PostTitle(NamedTuple):
    """What one kind of post is called here, in both languages (三长制 has other names elsewhere)."""

    title: str
    title_en: str

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en")
        return self.title_en or self.title if english else self.title


class OrganisationSettings(TimeStamped):
    """How this compound keeps in touch, and what it calls its posts.

    At most one row; without one the district's defaults hold.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    contact_rhythm_days = models.PositiveSmallIntegerField(
        _("days between two contacts"), default=DEFAULT_RHYTHM_DAYS, db_default=DEFAULT_RHYTHM_DAYS
    )
    # When nobody is reminded of anything; empty where the district's hours hold.
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    # Of kinds of posts that are called differently here: the title and, where it has one, the English title.
    post_titles: Any = models.JSONField(default=dict, db_default={}, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_row_of_organisation_settings"),
            models.CheckConstraint(
                condition=Q(contact_rhythm_days__range=RHYTHM_DAYS), name="contact_rhythm_of_a_week_to_a_year"
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact_rhythm_days)


def contact_rhythm() -> timedelta:
    """A household is in touch when somebody spoke with it within this time. Read once per stay in a compound."""
    return timedelta(days=_settings().contact_rhythm_days)


def own_titles() -> dict[str, PostTitle]:
    """The posts that are called differently here. Read once per stay in a compound."""
    return {kind: PostTitle(*words) for kind, words in _settings().post_titles.items()}


def forget_settings() -> None:
    """Whoever changes a setting calls this, so that the rest of the request reads it anew."""
    tenant: Any = connection.tenant  # type: ignore[attr-defined]
    tenant.organisation_settings = None


def _settings() -> OrganisationSettings:
    """The row as it was read since the thread came into this compound: each stay has a compound object of its own."""
    tenant: Any = connection.tenant  # type: ignore[attr-defined]
    row: OrganisationSettings | None = getattr(tenant, "organisation_settings", None)
    if row is None:
        row = tenant.organisation_settings = OrganisationSettings.objects.first() or OrganisationSettings()
    return row

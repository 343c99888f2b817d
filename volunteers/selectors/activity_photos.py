"""Photos of activities as pages show them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from volunteers.models import Activity


@dataclass(frozen=True)
class Shot:
    """One photo with its addresses."""

    url: str
    thumb_url: str
    alt: str


def shots(activity: Activity, *, address: str) -> list[Shot]:
    """Its photos, at the address of that name."""
    return [
        Shot(
            reverse(address, args=[activity.pk, key, "medium"]),
            reverse(address, args=[activity.pk, key, "small"]),
            _("Photo %(n)s of “%(title)s”") % {"n": n, "title": activity},
        )
        for n, key in enumerate(activity.photos, 1)
    ]

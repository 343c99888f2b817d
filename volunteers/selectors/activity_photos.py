"""Photos of activities as pages show them; who may see one follows from its activity."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from volunteers.models import Activity, ActivityPhoto


@dataclass(frozen=True)
class Shot:
    """One photo with its addresses."""

    url: str
    thumb_url: str
    alt: str


def shots(activity: Activity, *, address: str) -> list[Shot]:
    """Its photos, at the address of that name; one query."""
    keys = activity.photos.values_list("photo", flat=True)
    return [
        Shot(
            reverse(address, args=[activity.pk, key, "medium"]),
            reverse(address, args=[activity.pk, key, "small"]),
            _("Photo %(n)s of “%(title)s”") % {"n": n, "title": activity},
        )
        for n, key in enumerate(keys, 1)
    ]


def of(activities: QuerySet[Activity]) -> QuerySet[ActivityPhoto]:
    """The photos that belong to one of these activities."""
    return ActivityPhoto.objects.filter(activity__in=activities).select_related("photo")

"""What a notice's row and page show, for members and for everybody alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from compounds.kernel.words import listed
from compounds.organisation.models import post_title
from compounds.oversight.charts.bars import Chart
from notices.models import Notice, NoticeKind, NoticeState, Target
from notices.publishing import chart, readers, readings

# How many stand on the board itself.
_AT_A_GLANCE = 4


@dataclass(frozen=True)
class Line:
    """One notice in a list, with the places it is for."""

    notice: Notice
    places: list[str]

    @property
    def for_whom(self) -> str:
        return _for_whom(self.notice, self.places)


@dataclass(frozen=True)
class Shot:
    """One photo with its addresses."""

    url: str
    thumb_url: str
    alt: str


def lines(rows: Iterable[Notice]) -> list[Line]:
    """No query for each."""
    found = list(rows)
    places = readers.places_in_words(found)
    return [Line(row, places.get(row.pk, [])) for row in found]


def shown(notice: Notice, today: date, *, photos_at: str) -> dict[str, Any]:
    """What a notice's page reads; ``photos_at`` names the address of its photos."""
    following = notice.replacements.filter(state=NoticeState.PUBLISHED).first() if notice.replaced else None
    return {
        "notice": notice,
        "today": today,
        "up": notice.is_up(today),
        "ended": notice.state == NoticeState.PUBLISHED and notice.ends_on < today,
        "for_whom": lines([notice])[0].for_whom,
        "chart": _chart(notice),
        "photos": _photos(notice, photos_at),
        "following": following,
        "readings_definition": readings.DEFINITION,
    }


def at_a_glance(on: date) -> tuple[list[Line], int]:
    """For the board itself: the newest that hang, emergencies before all others; and how many there are."""
    hanging = Notice.objects.in_public().up(on)
    pressing = list(hanging.emergencies().order_by("-published_at")[:_AT_A_GLANCE])
    others = hanging.exclude(kind=NoticeKind.EMERGENCY).order_by("-published_at", "-pk")
    rows = [*pressing, *others[: _AT_A_GLANCE - len(pressing)]]
    return lines(rows), hanging.count()


def _for_whom(notice: Notice, places: list[str]) -> str:
    if notice.target == Target.POST:
        return post_title(notice.post)
    return listed(places) if places else _("the whole compound")


def _chart(notice: Notice) -> Chart | None:
    return chart.read(notice.chart_en if notice.in_english and notice.chart_en else notice.chart)


def _photos(notice: Notice, address: str) -> list[Shot]:
    return [
        Shot(
            reverse(address, args=[notice.pk, key, "medium"]),
            reverse(address, args=[notice.pk, key, "small"]),
            _("Photo %(n)s of “%(title)s”") % {"n": n, "title": notice},
        )
        for n, key in enumerate(notice.photos, 1)
    ]

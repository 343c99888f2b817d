"""What stands on the long picture and on the sheets of a posting: public facts only, no name of a person.

What hangs in a compound is Chinese whatever language anybody has chosen, so its words stand in the forms in Chinese.
"""

from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from compounds.accounts.qr import qr_file
from compounds.organisation.models import Building, Entrance, Level, Unit
from compounds.registry import short_links
from notices.models import FileForm, PlaceKind, Posting
from notices.objections import ANSWERED_WITHIN


def english_of(posting: Posting) -> tuple[str, str]:
    """Its heading and text in English; both empty where it has none."""
    return (posting.notice.title_en, posting.notice.text_en) if posting.is_notice else ("", "")


def picture(posting: Posting, *, compound_name: str, link: str) -> dict[str, Any]:
    """What stands on the long picture; without an address to lead to, no code either."""
    with translation.override("zh-hans"):
        return {
            "compound": compound_name,
            "word": "通知" if posting.is_notice else "公示",
            "kind": posting.kind_words,
            "title": posting.title,
            "paragraphs": _paragraphs(posting.text),
            "starts_on": date_format(posting.starts_on, "DATE_FORMAT"),
            "ends_on": date_format(posting.ends_on, "DATE_FORMAT"),
            "answered_within": ANSWERED_WITHIN if posting.takes_objections else 0,
            "link": link,
            "code": qr_file(link) if link else "",
        }


def sheet(
    posting: Posting, form: FileForm, *, compound_name: str, link: str, building: Building | None = None
) -> dict[str, Any]:
    """What stands on a sheet: the same, who posts it, in English too where it has that, and each copy's place.

    With a building, those for its entrances alone.
    """
    title, text = english_of(posting)
    with translation.override("zh-hans"):
        last_day = date_format(posting.ends_on, "MONTH_DAY_FORMAT")
        same_year = posting.ends_on.year == posting.starts_on.year
        return {
            **picture(posting, compound_name=compound_name, link=link),
            "code": qr_file(short_links.for_paper(link)) if link else "",
            "ends_on": last_day if same_year else date_format(posting.ends_on, "DATE_FORMAT"),
            "last_day": last_day,
            "branch": str(Unit.objects.filter(level=Level.BRANCH).first() or compound_name),
            "short": link.partition("://")[2],
            "english": {"title": title, "paragraphs": _paragraphs(text)},
            "paper": "a3" if form == FileForm.A3 else "a4",
            "places": _entrances(posting, building) if form == FileForm.ENTRANCES else [""],
        }


def _entrances(posting: Posting, building: Building | None) -> list[str]:
    """Building and entrance of each copy, in the order in which one goes round."""
    there = Entrance.objects.filter(pk__in=posting.places.filter(kind=PlaceKind.ENTRANCE).values("entrance"))
    there = there.filter(building=building) if building else there
    rows = there.select_related("building__unit").order_by("building__number", "number")
    return [f"{row.building}{row.number}单元" for row in rows]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

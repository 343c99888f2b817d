"""What is asked for: which requests, and the form that makes one."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultation.api.step1_visit import IssueIn
from consultation.models import Category, Issue
from consultation.open311.answers import Refused
from consultation.steps import Step

MOST = 1000
_SPAN = timedelta(days=90)
_ADDRESS_ID = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,4}))?", re.ASCII)
_LONGEST_LINK = 300
# How the form names what our own field is for.
_NAMES = {
    "said": "description",
    "category": "service_code",
    "title": "attribute[title]",
    "building": "address_id",
    "entrance": "address_id",
    "place_note": "address_string",
}


def require_jurisdiction(request: HttpRequest, said: QueryDict) -> None:
    """This address is of one compound; who names another one is told so."""
    named = said.get("jurisdiction_id")
    if named and named != request.compound.slug:
        raise Refused(404, _("jurisdiction_id: it is not this compound."))


def category_or_404(code: str | None) -> Category:
    if not code:
        raise Refused(400, _("service_code was not provided."))
    found = Category.objects.filter(active=True, pk=int(code)).first() if _whole(code) else None
    if found is None:
        raise Refused(404, _("service_code: there is no such service."))
    return found


def chosen(rows: QuerySet[Issue], said: QueryDict, *, now: datetime) -> QuerySet[Issue]:
    """The requests that are asked for, the newest first; ids stand above everything else."""
    if ids := said.get("service_request_id"):
        return rows.filter(number__in=_parts(ids)[:MOST]).order_by("-created_at", "-pk")
    since, until = _range(said, now)
    rows = rows.filter(created_at__gte=since, created_at__lte=until)
    if codes := said.get("service_code"):
        rows = rows.filter(category__in=[category_or_404(code) for code in _parts(codes)[:50]])
    if status := said.get("status"):
        wanted = set(_parts(status))
        if not wanted <= {"open", "closed"}:
            raise Refused(400, _("status: open or closed, or both with a comma."))
        is_closed = Q(step=Step.CLOSED)
        rows = rows.filter(
            (is_closed if "closed" in wanted else Q(pk__in=[])) | (~is_closed if "open" in wanted else Q(pk__in=[]))
        )
    return rows.order_by("-created_at", "-pk")[:MOST]


def form(said: QueryDict) -> dict[str, Any]:
    """What a new request says, in the shape that the compound's API takes. Raises Refused."""
    category = category_or_404(said.get("service_code"))
    words = said.get("description", "").strip()
    if link := said.get("media_url", "").strip():
        words = f"{words}\n{_link(link)}".strip()
    if not words:
        raise Refused(400, _("description was not provided."))
    place = _place(said)
    title = said.get("attribute[title]", "").strip() or _title(category, place)
    read = IssueIn(data={"title": title, "said": words, "category": category.pk, **place})
    if not read.is_valid():
        raise Refused(400, " ".join(_complaints(read.errors)))
    return dict(read.validated_data)


def _place(said: QueryDict) -> dict[str, Any]:
    """Building and entrance by their numbers, and what they call the place."""
    place: dict[str, Any] = {}
    lat, long, note = (said.get(name, "").strip() for name in ("lat", "long", "address_string"))
    if bool(lat) != bool(long) or not all(_is_number(value) for value in (lat, long) if value):
        raise Refused(400, _("lat and long: two numbers, both or neither."))
    if address := said.get("address_id", "").strip():
        read = _ADDRESS_ID.fullmatch(address)
        if read is None:
            raise Refused(400, _("address_id: a building such as 3, or an entrance such as 3-2."))
        place = {name: int(value) for name, value in zip(("building", "entrance"), read.groups(), strict=True) if value}
    for name in ("building", "entrance"):
        if value := said.get(f"attribute[{name}]", "").strip():
            if not _whole(value):
                raise Refused(400, _("attribute[%(name)s]: a whole number.") % {"name": name})
            place[name] = int(value)
    if not place and not lat and not note:
        raise Refused(400, _("A location was not provided: lat and long, address_string or address_id."))
    if note or lat:
        place["place_note"] = note or f"{lat}, {long}"
    return place


def _title(category: Category, place: dict[str, Any]) -> str:
    """Everybody may come to read it, so it holds no word of what was said."""
    with override("zh-hans"):
        where = _("Building %(number)s") % {"number": place["building"]} if "building" in place else ""
    return f"{category.name} {where}".strip()


def _complaints(errors: Any) -> list[str]:
    return [f"{_NAMES.get(name, name)}: {detail}" for name, details in errors.items() for detail in details]


def _range(said: QueryDict, now: datetime) -> tuple[datetime, datetime]:
    """By when they were requested: the last 90 days, or at most as many from or until a given moment."""
    start, end = _moment(said, "start_date"), _moment(said, "end_date")
    try:
        until = end or (min(now, start + _SPAN) if start else now)
        since = start or until - _SPAN
    except OverflowError as error:
        raise Refused(400, _("start_date and end_date span at most 90 days.")) from error
    if until - since > _SPAN:
        raise Refused(400, _("start_date and end_date span at most 90 days."))
    return since, until


def _moment(said: QueryDict, name: str) -> datetime | None:
    value = said.get(name)
    if not value:
        return None
    try:
        # A plus that was not escaped arrives as a space.
        read = parse_datetime(value.strip().replace(" ", "+"))
    except ValueError:
        read = None
    if read is None or read.tzinfo is None or not 1 < read.year < 9999:
        raise Refused(400, _("%(name)s: a moment with its zone, such as 2026-03-01T08:00:00Z.") % {"name": name})
    return read


def _link(value: str) -> str:
    """What is there is not fetched; a steward may open it."""
    if not value.startswith(("http://", "https://")) or len(value) > _LONGEST_LINK or len(value.split()) != 1:
        raise Refused(400, _("media_url: an address that begins with http, at most 300 characters."))
    return value


def _parts(value: str) -> list[str]:
    return [part for one in value.split(",") if (part := one.strip()) and "\x00" not in part]


def _whole(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 10


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", value) is not None

"""Kinds of matters as services, and matters on the board as service requests.

Nobody's words, nobody's name, no door.
"""

from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compounds.organisation.models import Building
from consultation.models import Category, Issue
from consultation.steps import Step

type Data = dict[str, Any]
_GIVEN_OUT = {Step.HANDLE, Step.EVALUATE, Step.CLOSED}


def on_board() -> QuerySet[Issue]:
    """What everybody may read, each once, with all that is shown of it."""
    rows = Issue.objects.filter(pk__in=Issue.objects.on_board().values("pk"))
    return rows.select_related("category", "building__unit", "entrance__building__unit", "owner_body").prefetch_related(
        "photos"
    )


def service(row: Category) -> Data:
    numbers = row.emergency_numbers
    return {
        "service_code": str(row.pk),
        "service_name": str(row),
        "description": _("In an emergency call first: %(numbers)s") % {"numbers": numbers} if numbers else str(row),
        "metadata": True,
        "type": "realtime",
        "keywords": f"{row.name},{row.name_en}",
        "group": "",
    }


def definition(row: Category) -> Data:
    """What a request may say besides. The fields of the form are the same for every kind of matter."""
    buildings = Building.objects.select_related("unit").order_by("number")
    values = [{"key": str(one.number), "name": str(one)} for one in buildings]
    title = _("In one sentence and without names: everybody may come to read it. At most 80 characters")
    return {
        "service_code": str(row.pk),
        "attributes": [
            _attribute(1, "title", "string", title),
            {**_attribute(2, "building", "singlevaluelist", _("Building")), "values": values},
            _attribute(3, "entrance", "number", _("Entrance: its number in that building")),
        ],
    }


def request_row(row: Issue, request: HttpRequest) -> Data:
    """One matter of ``on_board``."""
    place = row.entrance or row.building
    closed = row.step == Step.CLOSED
    return {
        "service_request_id": row.number,
        "status": "closed" if closed else "open",
        "status_notes": row.get_outcome_display() if closed else row.get_step_display(),
        "service_name": str(row.category),
        "service_code": str(row.category_id),
        "description": row.title,
        "agency_responsible": str(row.owner_body) if row.owner_body and row.step in _GIVEN_OUT else None,
        "service_notice": None,
        "requested_datetime": _moment(row.created_at),
        "updated_datetime": _moment(row.updated_at),
        "expected_datetime": _expected(row),
        "address": str(place) if place else request.compound.name,
        "address_id": _address_id(row),
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": _photo(row, request),
    }


def _attribute(order: int, code: str, datatype: str, said: str) -> Data:
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": None,
        "order": order,
        "description": said,
    }


def _address_id(row: Issue) -> str | None:
    """As a request may name it: 3 is a building, 3-2 its second entrance."""
    if row.entrance:
        return f"{row.entrance.building.number}-{row.entrance.number}"
    return str(row.building.number) if row.building else None


def _expected(row: Issue) -> str | None:
    """The day by which it is promised, while somebody handles it."""
    if row.step != Step.HANDLE:
        return None
    if row.due_at:
        return _moment(row.due_at)
    return _moment(timezone.make_aware(datetime.combine(row.due_on, time(23, 59, 59)))) if row.due_on else None


def _photo(row: Issue, request: HttpRequest) -> str | None:
    for photo in row.photos.all():
        return request.build_absolute_uri(reverse("board_photo", args=[row.number, photo.photo_id, "medium"]))
    return None


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")

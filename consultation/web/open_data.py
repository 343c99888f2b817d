"""Open data, without an account: the board's matters as CSV and JSON, and the four parties' meetings for phones."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe
from icalendar import Event

from compounds.organisation.door import open_to_all
from compounds.registry import limits
from compounds.registry.context import current_schema
from consultation import open_data
from consultation.errors import TooMuchData
from consultation.models import Meeting
from volunteers import calendars

# Per network address and hour.
MOST_READS = 120
_KEPT = int(timedelta(minutes=10).total_seconds())


@open_to_all
@require_safe
@conditional_page
def issues_csv(request: HttpRequest) -> HttpResponse:
    _count(request)
    body = open_data.as_csv(open_data.facts(_year(request)))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.compound.slug}-issues.csv"'
    return _open(response)


@open_to_all
@require_safe
@conditional_page
def issues_json(request: HttpRequest) -> HttpResponse:
    _count(request)
    told = {"compound": request.compound.slug, "issues": list(open_data.facts(_year(request)))}
    return _open(JsonResponse(told, json_dumps_params={"ensure_ascii": False}))


@open_to_all
@require_safe
@conditional_page
def meetings_calendar(request: HttpRequest) -> HttpResponse:
    """When and where the four parties meet; cancelled ones as such, so that they go from phones too."""
    _count(request)
    rows = Meeting.objects.filter(starts_at__gte=timezone.now() - calendars.BACK).select_related("minutes")
    events = (_event(request, row) for row in rows[: calendars.MOST])
    with override("zh-hans"):
        response = HttpResponse(
            calendars.of("Meetings", request.compound.name, events), content_type=calendars.CONTENT_TYPE
        )
    response["Content-Disposition"] = 'inline; filename="linjuli-meetings.ics"'
    return _open(response)


def _event(request: HttpRequest, row: Meeting) -> Event:
    """How long it will last nobody knows beforehand, so no end is given."""
    cancelled = row.cancelled_at is not None
    ahead = not cancelled and not hasattr(row, "minutes")
    address = reverse("sign_up", args=[row.number]) if ahead else reverse("board")
    event = calendars.event_of(
        row,
        row.starts_at,
        uid=f"meeting-{row.pk}@{current_schema()}",
        url=request.build_absolute_uri(address),
        cancelled=cancelled,
    )
    event.add("summary", str(row))
    event.add("location", row.venue)
    return event


def _year(request: HttpRequest) -> int | None:
    """The year that is asked for; what is no year finds nothing."""
    asked = request.GET.get("year", "")
    if not asked:
        return None
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0


def _count(request: HttpRequest) -> None:
    limits.count("open_data", limits.address_of(request), most=MOST_READS, error=TooMuchData())


def _open(response: HttpResponse) -> HttpResponse:
    """Anybody may keep it for ten minutes, and any page may read it."""
    patch_cache_control(response, public=True, max_age=_KEPT)
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("board/issues.csv", issues_csv, name="board_issues_csv"),
    path("board/issues.json", issues_json, name="board_issues_json"),
    path("board/meetings.ics", meetings_calendar, name="board_meetings"),
]

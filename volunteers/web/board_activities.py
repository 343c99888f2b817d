"""Activities on the public board: what is coming, and each one's page. No login, no names, noindex."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from compounds.organisation.door import open_to_all
from compounds.photos.models import Photo
from compounds.photos.serving import photo_response
from volunteers.models import Activity
from volunteers.selectors import activities, activity_photos
from volunteers.web.activities import shown
from volunteers.web.months import asked_month, month_context


@open_to_all
@require_safe
def board_activities(request: HttpRequest) -> HttpResponse:
    """One month of what everybody may come to or read of."""
    today = timezone.localdate()
    first = asked_month(request, today)
    days = activities.month(Activity.objects.in_public(), first)
    coming, count = activities.at_a_glance(timezone.now())
    context = {**month_context(days, first, today), "nav": "board", "coming": coming, "count": count}
    return _public(render(request, "volunteers/board_activities.html", context))


@open_to_all
@require_safe
def board_activity(request: HttpRequest, pk: int) -> HttpResponse:
    rows = activities.with_where(Activity.objects.in_public()).select_related("partner")
    found = get_object_or_404(rows, pk=pk)
    photos = activity_photos.shots(found, address="board_activity_photo")
    context = {**shown(found, None, timezone.now()), "nav": "board", "photos": photos}
    return _public(render(request, "volunteers/board_activity.html", context))


@open_to_all
@require_safe
def board_activity_photo(request: HttpRequest, pk: int, photo: UUID, size: str) -> FileResponse:
    get_object_or_404(Activity.objects.in_public(), pk=pk, photos__contains=[photo])
    response = photo_response(get_object_or_404(Photo, pk=photo), size)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _public(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("board/activities/", board_activities, name="board_activities"),
    path("board/activities/<int:pk>/", board_activity, name="board_activity"),
    path(
        "board/activities/<int:pk>/photos/<uuid:photo>/<slug:size>/", board_activity_photo, name="board_activity_photo"
    ),
]

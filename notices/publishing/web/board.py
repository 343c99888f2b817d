"""Notices on the public board: what hangs for everybody, without login and without names."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation.door import open_to_all
from compounds.photos.models import Photo
from compounds.photos.serving import photo_response
from compounds.registry import limits
from notices.models import Notice, NoticeKind
from notices.publishing import readers, readings, told
from notices.publishing.showing import lines, shown

_SHOWN = 12


@open_to_all
@require_safe
def board_notices(request: HttpRequest) -> HttpResponse:
    """All that hang now, newest first; of one kind if the address says so."""
    hanging = Notice.objects.in_public().up(timezone.localdate())
    asked = request.GET.get("kind", "")
    kind = NoticeKind(asked) if asked in NoticeKind.values else None
    kinds = set(hanging.order_by().values_list("kind", flat=True).distinct())
    page = keyset_page(request, hanging.filter(kind=kind) if kind else hanging, by="published_at", size=_SHOWN)
    context = {
        "nav": "board",
        "kind": kind,
        "kinds": [one for one in NoticeKind if one in kinds],
        "hanging": hanging.count(),
        "page": page,
        "lines": lines(page.rows),
    }
    return _public(render(request, "notices/board_notices.html", context))


@open_to_all
@require_safe
def board_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice. What has ended or was withdrawn says so, for its link goes on to be followed."""
    found = get_object_or_404(readers.open_to_everybody().select_related("replaces"), pk=pk)
    context = {"nav": "board", **shown(found, timezone.localdate(), photos_at="board_notice_photo")}
    return _public(render(request, "notices/board_notice.html", context))


@never_cache
@open_to_all
@require_POST
def notice_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The page is on somebody's screen: one more reading, unless this browser was counted today.

    Whoever throws the cookie away is counted again, but no more often than a house behind one address would be.
    """
    now = timezone.now()
    rows = readers.visible_to(request.person)
    found = get_object_or_404(rows, pk=pk)
    response = HttpResponse(status=204)
    if request.person:
        told.opened(found, now=now, by=request.person)
    if readings.COOKIE not in request.COOKIES and _within_limit(request, found) and readings.count(found, now=now):
        response.set_cookie(
            readings.COOKIE,
            "1",
            max_age=readings.seconds_to_midnight(now),
            path=reverse("notice_reading", args=[found.pk]),
            secure=request.is_secure(),
            httponly=True,
            samesite="Strict",
        )
    return response


@open_to_all
@require_safe
def board_notice_photo(request: HttpRequest, pk: int, photo: UUID, size: str) -> FileResponse:
    """A photo of a notice that hangs, or hung, in public."""
    get_object_or_404(readers.open_to_everybody(), pk=pk, photos__contains=[photo])
    response = photo_response(get_object_or_404(Photo, pk=photo), size)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _within_limit(request: HttpRequest, notice: Notice) -> bool:
    who = f"{notice.pk}-{limits.address_of(request)}"
    return limits.takes("reading", who, most=readings.FROM_ONE_ADDRESS, seconds=limits.DAY)


def _public(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("board/notices/", board_notices, name="board_notices"),
    path("board/notices/<int:pk>/", board_notice, name="board_notice"),
    path("board/notices/<int:pk>/reading/", notice_reading, name="notice_reading"),
    path("board/notices/<int:pk>/photos/<uuid:photo>/<slug:size>/", board_notice_photo, name="board_notice_photo"),
]

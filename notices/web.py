"""Postings: what hangs until when, where it hangs already, and the proof per place."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.models import Building
from compounds.organisation.policies import allows, may
from compounds.photos.serving import photo_response
from notices import policies, postings
from notices.forms import TickForm
from notices.models import PlaceKind, Posting, PostingPlace


@dataclass(frozen=True)
class BuildingPlaces:
    """The entrances of one building at which a posting hangs, or is still to hang."""

    building: Building
    places: list[PostingPlace]

    @property
    def ticked(self) -> int:
        return sum(place.ticked_at is not None for place in self.places)


@require_safe
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Posting.objects.select_related("posted_by"), pk=pk)
    places = list(found.places.select_related("entrance__building__unit", "ticked_by"))
    entrances = [place for place in places if place.kind == PlaceKind.ENTRANCE]
    board = request.build_absolute_uri(reverse("board"))
    context = {
        "posting": found,
        "today": timezone.localdate(),
        "shared_places": [place for place in places if place.kind != PlaceKind.ENTRANCE],
        "buildings": [
            BuildingPlaces(building, list(group))
            for building, group in groupby(entrances, key=attrgetter("entrance.building"))
        ],
        "ticked": sum(place.ticked_at is not None for place in places),
        "total": len(places),
        "missing": sum(place.ticked_at is None for place in places),
        "entrances_ticked": sum(place.ticked_at is not None for place in entrances),
        "entrances_total": len(entrances),
        "share": postings.share_text(found, compound_name=request.compound.name, link=board),
        "objection_link": request.build_absolute_uri(reverse("object_at_board", args=[found.pk])) + "?from=link",
        "may_tick": allows(policies.TICK, request.person),
    }
    return render(request, "notices/posting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.TICK)
def place_tick(request: HttpRequest, pk: int) -> HttpResponse:
    places = PostingPlace.objects.select_related("posting", "entrance__building__unit", "ticked_by")
    place = get_object_or_404(places, pk=pk)
    postings.require_not_ticked(place)
    form = TickForm(*_sent(request))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "notices/place_tick.html", {"place": place, "form": form}, status=status)
    postings.tick(place, proof=form.cleaned_data["proof"], now=timezone.now(), by=request.person)
    messages.success(request, _("Ticked: %(place)s.") % {"place": place})
    return redirect("posting", place.posting_id)


@require_safe
def place_photo(request: HttpRequest, pk: int, size: str) -> FileResponse:
    """The proof of one place; every member of the compound may look at it."""
    place = get_object_or_404(PostingPlace.objects.ticked().select_related("proof"), pk=pk)
    return photo_response(place.proof, size)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: even a POST with nothing in it says that something is missing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


urlpatterns = [
    path("postings/<int:pk>/", posting, name="posting"),
    path("places/<int:pk>/", place_tick, name="place_tick"),
    path("places/<int:pk>/photo/<slug:size>/", place_photo, name="place_photo"),
]

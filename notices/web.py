"""Postings: what hangs until when, where it hangs already, and the proof per place."""

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.models import Building
from compounds.organisation.policies import allows, may
from compounds.photos.serving import photo_response
from compounds.registry import short_links
from compounds.registry.context import current_schema
from notices import file_making, files, hanging, policies, postings
from notices.forms import TickForm
from notices.models import SHEETS, FileForm, FileState, NoticeState, PlaceKind, Posting, PostingFile, PostingPlace


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
    found = get_object_or_404(Posting.objects.select_related("posted_by", "notice"), pk=pk)
    places = list(found.places.select_related("entrance__building__unit", "ticked_by"))
    withdrawn = found.is_notice and found.notice.state == NoticeState.WITHDRAWN
    if withdrawn:
        # Where it is to be taken down.
        places = [place for place in places if place.ticked_at]
    entrances = [place for place in places if place.kind == PlaceKind.ENTRANCE]
    context = {
        "nav": "board",
        "posting": found,
        "today": timezone.localdate(),
        "withdrawn": withdrawn,
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
        "hanging": hanging.counted([found])[found.pk],
        **_share(request, found),
        "objection_link": request.build_absolute_uri(reverse("object_at_board", args=[found.pk])) + "?from=link",
        "may_tick": allows(policies.TICK, request.person) and not withdrawn,
    }
    return render(request, "notices/posting.html", context)


@require_POST
@may("posting.make_picture")
def posting_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the short link, the long picture and the sheets made: of a posting from before there were any, or again."""
    found = get_object_or_404(Posting, pk=pk)
    files.order(found)
    messages.success(request, _("They are being made; look again in a moment."))
    return redirect("posting", found.pk)


@require_safe
def posting_picture(request: HttpRequest, pk: int) -> FileResponse:
    """The long picture, to be looked at and saved; every member of the compound may."""
    return _file(request, pk, FileForm.PICTURE)


@require_safe
def posting_sheet(request: HttpRequest, pk: int, form: str) -> FileResponse:
    """A sheet to be printed; every member of the compound may."""
    if form not in SHEETS:
        raise Http404
    return _file(request, pk, FileForm(form))


@require_safe
def posting_building_sheets(request: HttpRequest, pk: int, building: int) -> FileResponse:
    """What a steward prints: the sheets for one building's entrances, drawn for this answer."""
    found = get_object_or_404(Posting.objects.standing().select_related("notice"), pk=pk)
    hangs = found.places.filter(kind=PlaceKind.ENTRANCE).values("entrance__building")
    house = get_object_or_404(Building.objects.select_related("unit"), pk=building, pk__in=hangs)
    body = file_making.draw_for_building(found, house, compound_name=request.compound.name)
    name = f"{request.compound.name}-{found.title}-{house}.pdf"
    return _private(FileResponse(BytesIO(body), filename=name, content_type=FileForm.ENTRANCES.content_type))


def _file(request: HttpRequest, pk: int, form: FileForm) -> FileResponse:
    made = get_object_or_404(PostingFile.objects.ready().select_related("posting"), posting=pk, form=form)
    try:
        body = default_storage.open(made.path(current_schema()))
    except FileNotFoundError as error:
        raise Http404 from error
    tail = "" if form == FileForm.PICTURE else f"-{form.label}"
    name = f"{request.compound.name}-{made.posting.title}{tail}.{form.suffix}"
    return _private(FileResponse(body, filename=name, content_type=form.content_type))


def _private(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.TICK)
def place_tick(request: HttpRequest, pk: int) -> HttpResponse:
    standing = PostingPlace.objects.filter(posting__in=Posting.objects.standing())
    places = standing.select_related("posting", "entrance__building__unit", "ticked_by")
    place = get_object_or_404(places, pk=pk)
    postings.require_not_ticked(place)
    form = TickForm(*_sent(request), place=place)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "notices/place_tick.html", {"nav": "board", "place": place, "form": form}, status=status)
    postings.tick(place, proof=form.cleaned_data["proof"], now=timezone.now(), by=request.person)
    messages.success(request, _("Ticked: %(place)s.") % {"place": place})
    return redirect("posting", place.posting_id)


@require_safe
def place_photo(request: HttpRequest, pk: int, size: str) -> FileResponse:
    """The proof of one place; every member of the compound may look at it."""
    place = get_object_or_404(PostingPlace.objects.ticked().select_related("proof"), pk=pk)
    return photo_response(place.proof, size)


def _share(request: HttpRequest, found: Posting) -> dict[str, Any]:
    """What goes round in a WeChat group and what is printed: the text with the short link, the picture, the sheets."""
    link = files.short_link_of(found)
    made = {row.form: row for row in found.files.all()}
    forms = [form for form in files.forms_of(found) if form in SHEETS]
    sheets = [made.get(form) or PostingFile(posting=found, form=form, state="") for form in forms]
    now = timezone.now()
    short = short_links.short_path(link) if link else reverse("board")
    return {
        "share": postings.share_text(
            found, compound_name=request.compound.name, link=request.build_absolute_uri(short)
        ),
        "picture": made.get(FileForm.PICTURE),
        "sheets": sheets,
        "sheets_missing": any(row.state in {"", FileState.FAILED} for row in sheets),
        "nobody_makes_files": any(files.waits_long(row, now) for row in made.values()),
        "may_make_picture": allows("posting.make_picture", request.person),
    }


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: even a POST with nothing in it says that something is missing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


urlpatterns = [
    path("postings/<int:pk>/", posting, name="posting"),
    path("postings/<int:pk>/share/", posting_share, name="posting_share"),
    path("postings/<int:pk>/picture/", posting_picture, name="posting_picture"),
    path("postings/<int:pk>/sheets/<slug:form>/", posting_sheet, name="posting_sheet"),
    path("postings/<int:pk>/buildings/<int:building>/sheets/", posting_building_sheets, name="posting_building_sheets"),
    path("places/<int:pk>/", place_tick, name="place_tick"),
    path("places/<int:pk>/photo/<slug:size>/", place_photo, name="place_photo"),
]

"""The posters at the entrances: an A4 sheet each with the QR code by which residents report what is the matter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, redirect, render
from django.urls import path
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from compounds.accounts.qr import qr_svg
from compounds.organisation.models import Building, Entrance
from compounds.organisation.policies import may
from compounds.registry import short_links


@require_safe
def posters(request: HttpRequest) -> HttpResponse:
    entrances = list(Entrance.objects.select_related("building__unit"))
    links = short_links.of([_path(entrance) for entrance in entrances])
    missing = sum(_path(entrance) not in links for entrance in entrances)
    context = {
        "nav": "tree",
        "buildings": [
            (building, sum(_path(entrance) in links for entrance in building.entrances.all()))
            for building in Building.objects.select_related("unit").prefetch_related("entrances")
        ],
        "missing": missing,
    }
    return render(request, "consultation/posters.html", context)


@require_POST
@may("poster.make")
def make(request: HttpRequest) -> HttpResponse:
    links = make_links()
    said = ngettext("%(count)s entrance has its code now.", "%(count)s entrances have their code now.", len(links))
    messages.success(request, said % {"count": len(links)})
    return redirect("posters")


@require_safe
def sheets(request: HttpRequest, building: int) -> HttpResponse:
    """The posters of one building, a sheet for each entrance."""
    rows = Entrance.objects.select_related("building__unit").filter(building__number=building)
    entrances = get_list_or_404(rows)
    links = short_links.of([_path(entrance) for entrance in entrances])
    made = []
    for entrance in entrances:
        if link := links.get(_path(entrance)):
            address = request.build_absolute_uri(short_links.short_path(link))
            made.append((entrance, address, qr_svg(address)))
    context = {"nav": "tree", "building": entrances[0].building, "sheets": made}
    return render(request, "consultation/poster_sheets.html", context)


def make_links() -> dict[str, short_links.ShortLink]:
    """Every entrance of the compound gets its short link; those that have one keep it: it hangs there already."""
    return short_links.make([_path(entrance) for entrance in Entrance.objects.all()])


def _path(entrance: Entrance) -> str:
    """The report page of an entrance, below the compound's mount."""
    return short_links.path_to("report", entrance.pk)


urlpatterns = [
    path("posters/", posters, name="posters"),
    path("posters/codes/", make, name="poster_make"),
    path("posters/<int:building>/", sheets, name="poster_sheets"),
]

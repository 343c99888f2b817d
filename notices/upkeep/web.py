"""The places for postings of a compound: a list, a new one, another name, retired and taken up again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.models import Entrance
from compounds.organisation.policies import may
from compounds.organisation.upkeep.web.answers import form_page, posted
from notices.forms import SpotForm, SpotNameForm
from notices.models import PlaceKind, Spot
from notices.upkeep import spots

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@may("spot.change")
def settings_spots(request: HttpRequest) -> HttpResponse:
    rows = list(Spot.objects.all())
    in_use = [spot for spot in rows if spot.active]
    context = {
        "nav": "tree",
        "in_use": in_use,
        "retired": [spot for spot in rows if not spot.active],
        "entrances": Entrance.objects.count(),
        "last": len(in_use) == 1,
    }
    return render(request, "notices/spots.html", context)


@require_http_methods(_FORM)
@may("spot.change")
def spot_new(request: HttpRequest) -> HttpResponse:
    form = SpotForm(posted(request), initial={"kind": PlaceKind.WECHAT_GROUP})
    if form.is_valid():
        spot = spots.add(**form.cleaned_data, by=request.person)
        messages.success(request, _("New postings list %(name)s too.") % {"name": spot})
        return redirect("settings_spots")
    text = _("Postings that hang already stay as they are.")
    return form_page(request, form, title=_("A new place for postings"), text=text, back=_back())


@require_http_methods(_FORM)
@may("spot.change")
def spot_edit(request: HttpRequest, pk: int) -> HttpResponse:
    spot = get_object_or_404(Spot, pk=pk)
    form = SpotNameForm(posted(request), initial={"name": spot.name})
    if form.is_valid():
        spots.rename(spot, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("settings_spots")
    text = _("Postings that hang already keep the old name.")
    return form_page(request, form, title=_("Rename %(name)s") % {"name": spot}, text=text, back=_back())


@require_POST
@may("spot.change")
def spot_retire(request: HttpRequest, pk: int) -> HttpResponse:
    spot = spots.retire(get_object_or_404(Spot, pk=pk), by=request.person)
    messages.success(request, _("New postings no longer list %(name)s.") % {"name": spot})
    return redirect("settings_spots")


@require_POST
@may("spot.change")
def spot_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    spot = spots.take_up(get_object_or_404(Spot, pk=pk), by=request.person)
    messages.success(request, _("New postings list %(name)s again.") % {"name": spot})
    return redirect("settings_spots")


def _back() -> tuple[str, str]:
    return reverse("settings_spots"), _("Places for postings")


urlpatterns = [
    path("settings/spots/", settings_spots, name="settings_spots"),
    path("settings/spots/new/", spot_new, name="spot_new"),
    path("settings/spots/<int:pk>/", spot_edit, name="spot_edit"),
    path("settings/spots/<int:pk>/retirement/", spot_retire, name="spot_retire"),
    path("settings/spots/<int:pk>/taking-up/", spot_take_up, name="spot_take_up"),
]

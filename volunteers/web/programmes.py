"""Programmes and venues among the settings: a list each, a new one, one put right or taken out of use."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.policies import may
from compounds.organisation.upkeep.web.answers import form_page, posted
from volunteers.forms.programmes import ProgrammeForm, VenueForm
from volunteers.models import ActivityState, Programme, Venue
from volunteers.policies import PROGRAMME_CHANGE
from volunteers.services import programmes

_FORM = ["GET", "HEAD", "POST"]
_TAKING_PLACE = Count("activities", filter=~Q(activities__state=ActivityState.CANCELLED))


@require_safe
@may(PROGRAMME_CHANGE)
def settings_programmes(request: HttpRequest) -> HttpResponse:
    rows = Programme.objects.select_related("partner").annotate(count=_TAKING_PLACE)
    return render(request, "volunteers/programmes.html", {"nav": "tree", "rows": rows})


@require_http_methods(_FORM)
@may(PROGRAMME_CHANGE)
def programme_new(request: HttpRequest) -> HttpResponse:
    form = ProgrammeForm(posted(request), initial={"since": timezone.localdate()})
    if form.is_valid():
        made = programmes.add_programme(form.cleaned_data, by=request.person)
        messages.success(request, _("%(name)s is there now.") % {"name": made})
        return redirect("settings_programmes")
    return form_page(request, form, title=_("A new programme"), back=_back_to_programmes())


@require_http_methods(_FORM)
@may(PROGRAMME_CHANGE)
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Programme, pk=pk)
    form = ProgrammeForm(posted(request), row=found)
    if form.is_valid():
        programmes.change_programme(found, form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("settings_programmes")
    return form_page(request, form, title=_("Change %(name)s") % {"name": found}, back=_back_to_programmes())


@require_safe
@may(PROGRAMME_CHANGE)
def settings_venues(request: HttpRequest) -> HttpResponse:
    rows = Venue.objects.annotate(count=_TAKING_PLACE)
    return render(request, "volunteers/venues.html", {"nav": "tree", "rows": rows})


@require_http_methods(_FORM)
@may(PROGRAMME_CHANGE)
def venue_new(request: HttpRequest) -> HttpResponse:
    form = VenueForm(posted(request))
    if form.is_valid():
        made = programmes.add_venue(form.cleaned_data, by=request.person)
        messages.success(request, _("%(name)s is there now.") % {"name": made})
        return redirect("settings_venues")
    return form_page(request, form, title=_("A new place for activities"), back=_back_to_venues())


@require_http_methods(_FORM)
@may(PROGRAMME_CHANGE)
def venue_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Venue, pk=pk)
    form = VenueForm(posted(request), row=found)
    if form.is_valid():
        programmes.change_venue(found, form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("settings_venues")
    text = _("What is planned there already stays there.")
    return form_page(request, form, title=_("Change %(name)s") % {"name": found}, text=text, back=_back_to_venues())


def _back_to_programmes() -> tuple[str, str]:
    return reverse("settings_programmes"), _("Programmes")


def _back_to_venues() -> tuple[str, str]:
    return reverse("settings_venues"), _("Places for activities")


urlpatterns = [
    path("settings/programmes/", settings_programmes, name="settings_programmes"),
    path("settings/programmes/new/", programme_new, name="programme_new"),
    path("settings/programmes/<int:pk>/", programme_edit, name="programme_edit"),
    path("settings/venues/", settings_venues, name="settings_venues"),
    path("settings/venues/new/", venue_new, name="venue_new"),
    path("settings/venues/<int:pk>/", venue_edit, name="venue_edit"),
]

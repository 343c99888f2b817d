"""Buildings, entrances, neighbour groups and which doors belong to them."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.models import Building, Entrance, Household, Level, Unit
from compounds.organisation.policies import may
from compounds.organisation.upkeep import people, places
from compounds.organisation.upkeep.forms import (
    BuildingForm,
    DoorForm,
    DoorsForm,
    EntranceForm,
    GroupForm,
    NewBuildingForm,
)
from compounds.organisation.upkeep.web.answers import form_page, posted

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@may("place.change")
def buildings(request: HttpRequest) -> HttpResponse:
    rows = Building.objects.select_related("unit").annotate(
        doors=Count("entrances__households", distinct=True), stairs=Count("entrances", distinct=True)
    )
    return render(request, "organisation/places.html", {"nav": "tree", "buildings": rows})


@require_http_methods(_FORM)
@may("place.change")
def building_new(request: HttpRequest) -> HttpResponse:
    form = NewBuildingForm(posted(request))
    if form.is_valid():
        building = places.add_building(**form.cleaned_data, by=request.person)
        messages.success(request, _("%(building)s is there now.") % {"building": building})
        return redirect("place", building.pk)
    return form_page(request, form, title=_("A new building"), back=(reverse("places"), _("Buildings and groups")))


@require_safe
@may("place.change")
def building(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Building.objects.select_related("unit"), pk=pk)
    context = {
        "nav": "tree",
        "building": one,
        "entrances": one.entrances.annotate(doors=Count("households")).order_by("number"),
        "groups": one.unit.children.annotate(doors=Count("households")),
        "ungrouped": Household.objects.filter(entrance__building=one, group=None).count(),
    }
    return render(request, "organisation/place.html", context)


@require_http_methods(_FORM)
@may("place.change")
def building_edit(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Building.objects.select_related("unit"), pk=pk)
    form = BuildingForm(posted(request), building=one, initial={"number": one.number, "name": one.unit.name})
    if form.is_valid():
        places.change_building(one, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("place", one.pk)
    return form_page(request, form, title=_("Rename or renumber %(name)s") % {"name": one}, back=_place(one))


@require_http_methods(_FORM)
@may("place.change")
def entrance_new(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Building.objects.select_related("unit"), pk=pk)
    form = EntranceForm(posted(request), building=one)
    if form.is_valid():
        places.add_entrance(one, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("place", one.pk)
    return form_page(request, form, title=_("A new entrance of %(name)s") % {"name": one}, back=_place(one))


@require_http_methods(_FORM)
@may("place.change")
def entrance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    entrance = get_object_or_404(Entrance.objects.select_related("building__unit"), pk=pk)
    one = entrance.building
    form = EntranceForm(posted(request), building=one, entrance=entrance, initial={"number": entrance.number})
    if form.is_valid():
        places.renumber_entrance(entrance, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("place", one.pk)
    return form_page(request, form, title=_("Renumber %(name)s") % {"name": entrance}, back=_place(one))


@require_http_methods(_FORM)
@may("place.change")
def door_new(request: HttpRequest, pk: int) -> HttpResponse:
    entrance = get_object_or_404(Entrance.objects.select_related("building__unit"), pk=pk)
    form = DoorForm(posted(request), entrance=entrance)
    if form.is_valid():
        household = people.add_household(entrance=entrance, **form.cleaned_data, by=request.person)
        messages.success(request, _("%(household)s is there now.") % {"household": household})
        return redirect("household", household.pk)
    return form_page(
        request, form, title=_("A new door of %(name)s") % {"name": entrance}, back=_place(entrance.building)
    )


@require_http_methods(_FORM)
@may("place.change")
def group_new(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Building.objects.select_related("unit"), pk=pk)
    form = GroupForm(posted(request), building=one)
    if form.is_valid():
        group = places.add_group(one, **form.cleaned_data, by=request.person)
        messages.success(request, _("The group is there; now choose its doors."))
        return redirect("group_doors", group.pk)
    return form_page(request, form, title=_("A new neighbour group of %(name)s") % {"name": one}, back=_place(one))


@require_http_methods(_FORM)
@may("place.change")
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    group, one = _group(pk)
    form = GroupForm(posted(request), building=one, group=group, initial={"name": group.name})
    if form.is_valid():
        places.rename_group(group, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("place", one.pk)
    return form_page(request, form, title=_("Rename %(name)s") % {"name": group}, back=_place(one))


@require_http_methods(_FORM)
@may("place.change")
def group_doors(request: HttpRequest, pk: int) -> HttpResponse:
    group, one = _group(pk)
    form = DoorsForm(posted(request), group=group)
    if form.is_valid():
        came, left = places.assign_doors(group, form.cleaned_data["doors"], by=request.person)
        messages.success(request, _("Doors that came: %(came)s, that left: %(left)s.") % {"came": came, "left": left})
        return redirect("place", one.pk)
    doors = Household.objects.filter(entrance__building__unit=group.parent_id).select_related("entrance", "group")
    chosen = set(request.POST.getlist("doors")) if form.is_bound else {str(d.pk) for d in doors if d.group_id == pk}
    context = {
        "nav": "tree",
        "form": form,
        "group": group,
        "building": one,
        "doors": [(door, str(door.pk) in chosen) for door in doors],
    }
    return render(request, "organisation/group_doors.html", context, status=422 if form.is_bound else 200)


def _group(pk: int) -> tuple[Unit, Building]:
    group = get_object_or_404(Unit.objects.at(Level.NEIGHBOUR_GROUP), pk=pk)
    return group, Building.objects.select_related("unit").get(unit=group.parent_id)


def _place(building: Building) -> tuple[str, str]:
    return reverse("place", args=[building.pk]), str(building)


urlpatterns = [
    path("settings/places/", buildings, name="places"),
    path("settings/places/new/", building_new, name="building_new"),
    path("settings/places/<int:pk>/", building, name="place"),
    path("settings/places/<int:pk>/name/", building_edit, name="building_edit"),
    path("settings/places/<int:pk>/entrances/new/", entrance_new, name="entrance_new"),
    path("settings/places/<int:pk>/groups/new/", group_new, name="group_new"),
    path("settings/entrances/<int:pk>/", entrance_edit, name="entrance_edit"),
    path("settings/entrances/<int:pk>/doors/new/", door_new, name="door_new"),
    path("settings/groups/<int:pk>/", group_edit, name="group_edit"),
    path("settings/groups/<int:pk>/doors/", group_doors, name="group_doors"),
]

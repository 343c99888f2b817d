"""Writing people down and correcting them; correcting a household."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.models import Household, Person
from compounds.organisation.policies import may
from compounds.organisation.upkeep import people
from compounds.organisation.upkeep.forms import DoorForm, PersonForm
from compounds.organisation.upkeep.web.answers import form_page, posted

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@may("person.change")
def person_new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(posted(request))
    del form.fields["no_phone"]
    if form.is_valid():
        sheet = form.cleaned_data
        one = people.add_person(
            name=sheet["name"], phone=sheet["phone"], household=sheet["household"], by=request.person
        )
        messages.success(request, _("%(name)s is written down.") % {"name": one})
        return redirect("person", one.pk)
    return form_page(request, form, title=_("Somebody new"), back=(reverse("people"), _("People")))


@require_http_methods(_FORM)
@may("person.change")
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Person.objects.people().select_related("household__entrance"), pk=pk)
    if one.erased_at:
        raise people.ErasedStaysErased
    start: dict[str, object] = {"name": one.name}
    if one.household:
        start |= {"entrance": one.household.entrance_id, "door": one.household.door}
    form = PersonForm(posted(request), initial=start)
    if one.phone:
        form.fields["phone"].help_text = _("Now %(phone)s. Leave it empty to keep it.") % {"phone": one.masked_phone}
    else:
        form.fields["phone"].help_text = _("None is known yet.")
        del form.fields["no_phone"]
    if form.is_valid():
        sheet = form.cleaned_data
        people.change_person(
            one, name=sheet["name"], phone=form.phone_wanted(), household=sheet["household"], by=request.person
        )
        messages.success(request, _("Saved."))
        return redirect("person", one.pk)
    return form_page(
        request, form, title=_("Correct %(name)s") % {"name": one}, back=(reverse("person", args=[one.pk]), str(one))
    )


@require_http_methods(_FORM)
@may("household.change")
def household_edit(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Household.objects.select_related("entrance__building__unit"), pk=pk)
    start = {"door": one.door, "occupancy": one.occupancy, "group": one.group_id}
    form = DoorForm(posted(request), entrance=one.entrance, household=one, initial=start)
    if form.is_valid():
        people.change_household(one, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("household", one.pk)
    back = (reverse("household", args=[one.pk]), str(one))
    return form_page(request, form, title=_("Correct %(name)s") % {"name": one}, back=back)


urlpatterns = [
    path("people/new/", person_new, name="person_new"),
    path("people/<int:pk>/correction/", person_edit, name="person_edit"),
    path("households/<int:pk>/correction/", household_edit, name="household_edit"),
]

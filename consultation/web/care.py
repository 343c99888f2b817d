"""The care list on screen: who is to be looked in on, one household, beginning and ending."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.models import Household
from compounds.organisation.policies import allows, may, require
from consultation import care_list
from consultation.forms.care import CareBeginForm, CareEndForm, CareForm, LookInForm
from consultation.models import Care, CareEnd
from consultation.policies import doors_in_care_of
from consultation.services import care as service
from consultation.web.form_page import sent

_VISITS = 12


@require_safe
def cares(request: HttpRequest) -> HttpResponse:
    lines = care_list.lines(Care.objects.visible_to(request.person), timezone.localdate())
    context = {
        "nav": "my_day",
        "lines": lines,
        "late": sum(line.is_late for line in lines),
        "without_carer": sum(line.carer is None for line in lines),
    }
    return render(request, "consultation/cares.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may("care.visit")
def care(request: HttpRequest, pk: int) -> HttpResponse:
    """One household, and writing down that somebody looked in."""
    one = _visible(request, pk)
    form = LookInForm(*sent(request)[:1])
    if form.is_bound:
        require("care.visit", request.person, one)
        if form.is_valid():
            service.visit(one, **form.cleaned_data, on=timezone.localdate(), by=request.person)
            messages.success(request, _("Written down."))
            return redirect(one)
    line = next(iter(care_list.lines(Care.objects.filter(pk=one.pk), timezone.localdate())), None)
    context = {
        "nav": "my_day",
        "care": one,
        "line": line,
        "form": form,
        "visits": one.household.visits.filter(visited_on__gte=one.begun_on).select_related("by")[:_VISITS],
        "may_keep": allows("care.keep", request.person, one.household),
    }
    return render(request, "consultation/care.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may("care.keep")
def care_new(request: HttpRequest, pk: int) -> HttpResponse:
    door = get_object_or_404(doors_in_care_of(request.person).select_related("entrance__building__unit"), pk=pk)
    form = CareBeginForm(*sent(request)[:1])
    if form.is_bound and form.is_valid():
        made = service.begin(door, **form.begun(), today=timezone.localdate(), by=request.person)
        messages.success(request, _("On the care list. We remind whoever looks in."))
        return redirect(made)
    words = {
        "head": _("Shall somebody look in at %(door)s?") % {"door": door},
        "lead": _("Only if they agreed themselves. They may take it back at any time."),
        "back_url": reverse("door", args=[door.pk]),
        "back_label": str(door),
        "button": _("Put on the care list"),
    }
    return _form(request, form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
@may("care.keep")
def care_edit(request: HttpRequest, pk: int) -> HttpResponse:
    one = _kept(request, pk)
    start = {name: getattr(one, name) for name in ("reason", "note", "rhythm_days", "carer")}
    form = CareForm(*sent(request)[:1], initial=start)
    if form.is_bound and form.is_valid():
        service.change(one, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect(one)
    return _form(request, form, back=one, head=_("How often does somebody look in, and who?"), button=_("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
@may("care.keep")
def care_end(request: HttpRequest, pk: int) -> HttpResponse:
    one = _kept(request, pk)
    form = CareEndForm(*sent(request)[:1])
    if form.is_bound and form.is_valid():
        as_what = CareEnd(form.cleaned_data["as_what"])
        service.end(one, as_what=as_what, today=timezone.localdate(), by=request.person)
        messages.success(request, _("It has ended. The household stays on the list of doors."))
        return redirect("cares")
    return _form(request, form, back=one, head=_("Does nobody look in any more?"), button=_("End it"))


def _form(request: HttpRequest, form: CareForm | CareEndForm, **shown: object) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "consultation/one_form.html", {"nav": "my_day", "form": form, **shown}, status=status)


def _visible(request: HttpRequest, pk: int) -> Care:
    rows = Care.objects.visible_to(request.person).select_related("household__entrance__building__unit", "carer")
    return get_object_or_404(rows, pk=pk)


def _kept(request: HttpRequest, pk: int) -> Care:
    one = _visible(request, pk)
    require("care.keep", request.person, one.household)
    return one


def household_is_kept(request: HttpRequest, door: Household) -> dict[str, object]:
    """For the page of a door: its entry on the care list, or that one may be made."""
    keeps = allows("care.keep", request.person, door)
    return {"care": Care.objects.visible_to(request.person).running().filter(household=door).first(), "keeps": keeps}


urlpatterns = [
    path("care/", cares, name="cares"),
    path("care/<int:pk>/", care, name="care"),
    path("care/<int:pk>/edit/", care_edit, name="care_edit"),
    path("care/<int:pk>/end/", care_end, name="care_end"),
    path("doors/<int:pk>/care/", care_new, name="care_new"),
]

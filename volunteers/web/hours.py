"""The ledger of hours: what waits for its leader, one's own lines and what is wrong with them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.policies import allows, may, require
from volunteers import policies
from volunteers.forms.hours import AnswerForm, ByHandForm, CorrectForm, DisputeForm, HoursField
from volunteers.models import ServiceRecord, Volunteer
from volunteers.selectors import hours as selector
from volunteers.services import hours as service
from volunteers.services.hours import Line
from volunteers.web.form_page import sent


@require_safe
@may(policies.HOURS_APPROVE)
def hours(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in: one heap for each activity."""
    waiting = selector.waiting_for(request.person)
    heaps = [(heap, len(heap.of(request.person)), len(heap.disputed)) for heap in waiting.heaps]
    context = {"nav": "tree", "waiting": waiting, "heaps": heaps, "mine": hasattr(request.person, "volunteer")}
    return render(request, "volunteers/hours.html", context)


@require_POST
@may(policies.HOURS_APPROVE)
def approve_all(request: HttpRequest, pk: int) -> HttpResponse:
    """All of one activity (0: of none) that may be approved."""
    rows = selector.for_leader(request.person).filter(activity=pk or None)
    count = service.approve(rows, now=timezone.now(), by=request.person)
    if count:
        said = ngettext("Approved: %(n)s line.", "Approved: %(n)s lines.", count)
        messages.success(request, said % {"n": count})
    else:
        messages.warning(request, _("Nothing here is yours to approve: own hours and disputed ones wait."))
    return redirect("hours")


@require_POST
@may(policies.HOURS_APPROVE)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    record = _theirs(request, pk, policies.HOURS_APPROVE)
    service.approve_one(record, now=timezone.now(), by=request.person)
    messages.success(request, _("Approved."))
    return redirect("hours")


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HOURS_CORRECT)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    record = _theirs(request, pk, policies.HOURS_CORRECT)
    counts = service.counted(record)
    form = CorrectForm(*sent(request), initial={"hours": HoursField.shown(counts)})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        service.correct(record, minutes=data["hours"], reason=data["reason"], now=timezone.now(), by=request.person)
        messages.success(request, _("Corrected: the old line stays, and one against it makes the difference."))
        return redirect("hours")
    return _one_form(
        request, record, form, counts, head=_("Put these hours right"), button=_("Write the correction down")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HOURS_CORRECT)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a dispute."""
    record = _theirs(request, pk, policies.HOURS_CORRECT)
    counts = service.counted(record)
    form = AnswerForm(*sent(request), initial={"hours": HoursField.shown(counts)})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        same = data["hours"] == HoursField.minutes_of(HoursField.shown(counts))
        minutes = counts if same else data["hours"]
        service.answer(record, words=data["words"], minutes=minutes, now=timezone.now(), by=request.person)
        messages.success(request, _("Answered. The volunteer reads it with the line."))
        return redirect("hours")
    return _one_form(
        request, record, form, counts, head=_("Answer what the volunteer says"), button=_("Send the answer")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HOURS_CORRECT)
def by_hand(request: HttpRequest) -> HttpResponse:
    """A stretch of service that no attendance list has; it waits for approval like the others."""
    form = ByHandForm(*sent(request), teams=selector.led_by(request.person))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        line = Line(data["volunteer"], data["on"], data["hours"], reason=data["reason"])
        service.write_down([line], now=timezone.now(), by=request.person)
        messages.success(request, _("Written down. It waits for approval."))
        return redirect("hours")
    context = {"nav": "tree", "form": form}
    return render(request, "volunteers/hours_by_hand.html", context, status=422 if form.is_bound else 200)


@require_safe
@may(policies.HOURS_DISPUTE)
def mine(request: HttpRequest) -> HttpResponse:
    volunteer = Volunteer.objects.filter(person=request.person).first()
    context: dict[str, Any] = {"nav": "tree", "volunteer": volunteer, "leads": False}
    if volunteer:
        context["own"] = selector.of_volunteer(volunteer, on=timezone.localdate())
    context["leads"] = allows(policies.HOURS_APPROVE, request.person)
    return render(request, "volunteers/my_hours.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HOURS_DISPUTE)
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    record = _record(pk)
    require(policies.HOURS_DISPUTE, request.person, record)
    form = DisputeForm(*sent(request))
    if form.is_bound and form.is_valid():
        service.dispute(record, words=form.cleaned_data["words"], now=timezone.now())
        messages.success(request, _("Sent. Your leader reads it and answers."))
        return redirect("my_hours")
    counts = service.counted(record)
    return _one_form(
        request, record, form, counts, head=_("What is wrong with these hours?"), button=_("Say so"), back="my_hours"
    )


def _one_form(
    request: HttpRequest, record: ServiceRecord, form: Any, counts: int, *, head: str, button: str, back: str = "hours"
) -> HttpResponse:
    context = {
        "nav": "tree",
        "record": record,
        "form": form,
        "counts": counts,
        "head": head,
        "button": button,
        "back": back,
    }
    return render(request, "volunteers/hours_form.html", context, status=422 if form.is_bound else 200)


def _record(pk: int) -> ServiceRecord:
    return get_object_or_404(ServiceRecord.objects.select_related("volunteer__person", "team", "activity"), pk=pk)


def _theirs(request: HttpRequest, pk: int, action: str) -> ServiceRecord:
    record = _record(pk)
    require(action, request.person, record)
    return record


urlpatterns = [
    path("hours/", hours, name="hours"),
    path("hours/mine/", mine, name="my_hours"),
    path("hours/new/", by_hand, name="hours_by_hand"),
    path("hours/activities/<int:pk>/approval/", approve_all, name="hours_approve_all"),
    path("hours/<int:pk>/approval/", approve, name="hours_approve"),
    path("hours/<int:pk>/correction/", correct, name="hours_correct"),
    path("hours/<int:pk>/answer/", answer, name="hours_answer"),
    path("hours/<int:pk>/dispute/", dispute, name="hours_dispute"),
]

"""The minutes (纪要) of a meeting: composed from its rows, confirmed by the seats, issued by the branch."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from compounds.organisation.policies import allows, may
from consultation import meetings, minutes_paper
from consultation.forms.step3_meet import ConfirmationForm
from consultation.models import Assignment, Attendance, Confirmation, Meeting, Minutes, Party
from consultation.services import minutes as service


@require_safe
def minutes_page(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, _minutes(number))


@require_POST
@may("minutes.draw_up")
def minutes_draw_up(request: HttpRequest, number: int) -> HttpResponse:
    minutes = service.draw_up(get_object_or_404(Meeting, number=number), by=request.person)
    messages.success(request, _("The minutes are drawn up. Now each party confirms them."))
    return redirect(minutes)


@require_POST
@may("minutes.confirm")
def minutes_confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Who sat answers for their seat; the branch may write down what one of them said on the spot."""
    minutes = _minutes(number)
    form = ConfirmationForm(request.POST, attendances=_who_may_answer(request, minutes))
    if not form.is_valid():
        return _page(request, minutes, form=form, status=422)
    attendance = form.cleaned_data["attendance"]
    service.confirm(
        minutes,
        party=Party(attendance.party),
        answer=Confirmation(form.cleaned_data["answer"]),
        remark=form.cleaned_data["remark"],
        person=attendance.person,
        by=request.person,
    )
    messages.success(request, _("Written down for “%(party)s”.") % {"party": attendance.get_party_display()})
    return redirect(minutes)


@require_POST
@may("minutes.issue")
def minutes_issue(request: HttpRequest, number: int) -> HttpResponse:
    minutes = service.issue(_minutes(number), by=request.person)
    messages.success(request, _("Issued. From now on the decisions bind."))
    return redirect(minutes)


def _minutes(number: int) -> Minutes:
    rows = Minutes.objects.select_related("meeting__convened_by", "meeting__minutes", "issued_by", "drawn_up_by")
    return get_object_or_404(rows, meeting__number=number)


def _who_may_answer(request: HttpRequest, minutes: Minutes) -> QuerySet[Attendance]:
    sat = meetings.sitting(minutes.meeting)
    if allows("minutes.issue", request.person):
        return sat
    return sat.filter(person=request.person) if allows("minutes.confirm", request.person) else sat.none()


def _page(
    request: HttpRequest, minutes: Minutes, *, form: ConfirmationForm | None = None, status: int = 200
) -> HttpResponse:
    missing, free_from = service.unconfirmed(minutes), service.silence_ends(minutes)
    answering = _who_may_answer(request, minutes)
    own = answering.filter(person=request.person).first() if request.person else None
    issues = allows("minutes.issue", request.person)
    tasks = Assignment.objects.filter(decision__item__meeting=minutes.meeting).order_by("decision__item__position")
    own_answered = own is not None and own.party not in missing
    start = {"attendance": None if own_answered else own}
    context: dict[str, Any] = {
        "nav": "issues",
        "minutes": minutes,
        "meeting": minutes.meeting,
        "paper": minutes_paper.paper(minutes, request.person),
        "seats": minutes_paper.answers_to(minutes),
        "missing": [party.label for party in missing],
        "free_from": free_from,
        "may_issue_now": not missing or timezone.localdate() >= free_from,
        "issues": issues,
        "own": own,
        "own_answered": own_answered,
        "answering": not minutes.issued_at and answering.exists(),
        "form": form or ConfirmationForm(attendances=answering, initial=start),
        "documents": minutes.documents.visible_to(request.person) if minutes.issued_at else [],
        "tasks": minutes_paper.seen_tasks(tasks, request.person),
    }
    return render(request, "consultation/minutes.html", context, status=status)


urlpatterns = [
    path("meetings/<int:number>/minutes/", minutes_page, name="minutes"),
    path("meetings/<int:number>/minutes/new/", minutes_draw_up, name="minutes_draw_up"),
    path("meetings/<int:number>/minutes/confirmations/", minutes_confirm, name="minutes_confirm"),
    path("meetings/<int:number>/minutes/issue/", minutes_issue, name="minutes_issue"),
]

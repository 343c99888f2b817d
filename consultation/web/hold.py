"""Letting a matter wait, looking at it again, going on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from compounds.organisation.policies import may
from consultation.forms.hold import AnswerForm, HoldForm
from consultation.models import Hold, Issue
from consultation.services import hold
from consultation.web.sign import sign_of
from consultation.web.step2_settle import sent


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.hold")
def put(request: HttpRequest, number: str) -> HttpResponse:
    issue = get_object_or_404(Issue.objects.visible_to(request.person).with_place().with_voices(), number=number)
    hold.require_may_wait(issue)
    form = HoldForm(*sent(request))
    if form.is_bound and form.is_valid():
        row = hold.put(issue, **form.cleaned_data, by=request.person)
        messages.success(
            request, _("It waits. To be looked at again on %(day)s.") % {"day": date_format(row.review_on)}
        )
        return redirect(issue)
    context = {
        "nav": "issues",
        "issue": issue,
        "form": form,
        "steps": sign_of(issue),
        "title": _("What does this matter wait for?"),
        "text": _("Its clock stands still. It is looked at again every ten working days."),
        "button": _("Put on hold"),
    }
    return render(request, "consultation/step2_settle.html", context, status=422 if form.is_bound else 200)


@require_POST
@may("issue.hold")
def keep_on(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    row = hold.keep_on(_hold_or_404(request, number, pk), by=request.person)
    messages.success(request, _("It waits on, until %(day)s.") % {"day": date_format(row.review_on)})
    return redirect("issue", number)


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.hold")
def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    row = _hold_or_404(request, number, pk)
    hold.require_active(row)
    form = AnswerForm(*sent(request))
    if form.is_bound and form.is_valid():
        hold.end(row, **form.cleaned_data, by=request.person)
        messages.success(request, _("It goes on; its due date has moved by the working days waited."))
        return redirect(row.issue)
    context = {
        "nav": "issues",
        "issue": row.issue,
        "form": form,
        "steps": sign_of(row.issue),
        "title": row.question,
        "text": _("It has been waiting for %(reason)s since %(day)s.")
        % {"reason": row.get_reason_display(), "day": date_format(row.since)},
        "button": _("Go on with it"),
    }
    return render(request, "consultation/step2_settle.html", context, status=422 if form.is_bound else 200)


def _hold_or_404(request: HttpRequest, number: str, pk: int) -> Hold:
    issue = get_object_or_404(Issue.objects.visible_to(request.person).with_place().with_voices(), number=number)
    row = get_object_or_404(issue.holds, pk=pk)
    row.issue = issue
    return row


urlpatterns = [
    path("issues/<issue:number>/hold/", put, name="hold_put"),
    path("issues/<issue:number>/hold/<int:pk>/review/", keep_on, name="hold_keep_on"),
    path("issues/<issue:number>/hold/<int:pk>/end/", end, name="hold_end"),
]

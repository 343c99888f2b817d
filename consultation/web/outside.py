"""Deadlines from outside: one more for a matter, the first contact, the answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from compounds.organisation.policies import may
from consultation.forms.clocks import OutsideForm
from consultation.models import OutsideDeadline
from consultation.services import outside
from consultation.web.form_page import form_page, issue_or_404, sent

_ACTION = "issue.keep_outside_deadline"


@require_http_methods(["GET", "HEAD", "POST"])
@may(_ACTION)
def new(request: HttpRequest, number: str) -> HttpResponse:
    issue = issue_or_404(request, number)
    form = OutsideForm(*sent(request))
    if not form.is_valid():
        shown = {
            "back": issue,
            "kicker": issue.number,
            "head": _("A deadline from outside"),
            "lead": _("Such as an order of the 12345 hotline. From now on it is this matter's."),
            "button": _("Write it down"),
        }
        return form_page(request, "consultation/one_form.html", issue, form, **shown)
    outside.record(issue, **form.cleaned_data, by=request.person)
    messages.success(request, _("Written down. It goes before our own limits."))
    return redirect(issue)


@require_POST
@may(_ACTION)
def contacted(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    outside.contacted(_row(request, number, pk), by=request.person)
    messages.success(request, _("Written down: whoever called was spoken with."))
    return redirect("issue", number)


@require_POST
@may(_ACTION)
def answered(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    outside.answered(_row(request, number, pk), by=request.person)
    messages.success(request, _("Written down: the order is answered."))
    return redirect("issue", number)


def _row(request: HttpRequest, number: str, pk: int) -> OutsideDeadline:
    return get_object_or_404(
        OutsideDeadline.objects.select_related("issue"), issue=issue_or_404(request, number), pk=pk
    )


urlpatterns = [
    path("issues/<issue:number>/outside/new/", new, name="outside_new"),
    path("issues/<issue:number>/outside/<int:pk>/contacted/", contacted, name="outside_contacted"),
    path("issues/<issue:number>/outside/<int:pk>/answered/", answered, name="outside_answered"),
]

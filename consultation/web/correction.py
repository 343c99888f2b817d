"""The branch corrects a matter, says who may read it, and writes down that it was reported to an authority."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import may
from consultation.forms.step5_answers import CorrectionForm, OpennessForm, ReportForm
from consultation.models.must_report import due_at
from consultation.services import correction, must_report
from consultation.web.form_page import form_page, issue_or_404, sent


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.correct")
def correct(request: HttpRequest, number: str) -> HttpResponse:
    issue = issue_or_404(request, number)
    form = CorrectionForm(*sent(request), initial=CorrectionForm.start(issue))
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "consultation/issue_correct.html", issue, form)
    correction.correct(issue, form.written, reason=form.cleaned_data["reason"], by=request.person)
    messages.success(request, _("Corrected. What was there before is kept."))
    return redirect(issue)


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.set_openness")
def set_openness(request: HttpRequest, number: str) -> HttpResponse:
    issue = issue_or_404(request, number)
    form = OpennessForm(*sent(request), issue=issue, initial={"openness": issue.openness})
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "consultation/issue_openness.html", issue, form)
    data = form.cleaned_data
    issue = correction.set_openness(
        issue, data["openness"], title=data["title"], reason=data["reason"], by=request.person
    )
    messages.success(request, _("It is %(openness)s now.") % {"openness": issue.get_openness_display()})
    return redirect(issue)


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.report")
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Write down that a matter of a kind that must be reported was reported."""
    issue = issue_or_404(request, number)
    must_report.require_reportable(issue)
    form = ReportForm(*sent(request), issue=issue, initial={"reported_at": timezone.localtime()})
    if request.method != "POST" or not form.is_valid():
        due = due_at(issue)
        context = {"due": due, "late": due < timezone.now()}
        return form_page(request, "consultation/issue_report.html", issue, form, **context)
    row = must_report.report(issue, **form.cleaned_data, by=request.person)
    said = _("Written down: reported in time.") if row.in_time else _("Written down: reported late.")
    messages.success(request, said)
    return redirect(issue)


urlpatterns = [
    path("issues/<issue:number>/correction/", correct, name="issue_correct"),
    path("issues/<issue:number>/openness/", set_openness, name="issue_openness"),
    path("issues/<issue:number>/must-report/", report, name="issue_report"),
]

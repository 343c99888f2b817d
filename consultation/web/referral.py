"""Passing a matter upward, and entering the answer that came."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import allows, may
from compounds.workdays import calendar
from consultation.errors import MoveNotAllowed, NotAtStep
from consultation.forms.step5_answers import AnswerForm, ReferralForm
from consultation.models import Issue
from consultation.services import referral
from consultation.steps import MOVES, Step
from consultation.web.form_page import form_page, issue_or_404, sent


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.refer")
def refer(request: HttpRequest, number: str) -> HttpResponse:
    issue = issue_or_404(request, number)
    if Step.REFERRED not in MOVES[Step(issue.step)]:
        raise MoveNotAllowed(issue, Step.REFERRED)
    form = ReferralForm(*sent(request), initial={"due_on": _usual_day(issue)})
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "consultation/referral_new.html", issue, form)
    row = referral.refer(issue, **form.cleaned_data, by=request.person)
    messages.success(request, _("Passed to %(whom)s.") % {"whom": row.to})
    return redirect(issue)


@require_http_methods(["GET", "HEAD", "POST"])
@may("referral.answer")
def answer(request: HttpRequest, number: str) -> HttpResponse:
    issue = issue_or_404(request, number)
    if issue.step != Step.REFERRED:
        raise NotAtStep(issue, Step.REFERRED)
    row = get_object_or_404(issue.referrals.waiting().select_related("body", "sent_by"))
    form = AnswerForm(*sent(request))
    if request.method != "POST" or not form.is_valid():
        facts = _facts(request, issue)
        return form_page(request, "consultation/referral_answer.html", issue, form, row=row, facts=facts)
    moved = referral.answer(row, answer=form.cleaned_data["answer"], to=form.to, by=request.person)
    messages.success(request, _("The answer is written down. Now: %(step)s.") % {"step": moved.get_step_display()})
    return redirect(moved)


def _facts(request: HttpRequest, issue: Issue) -> dict[str, object]:
    """What those who raised it told: how many stand behind it, their words, and how far it went."""
    voices = issue.voices.exclude(household=None)
    return {
        "households": voices.values("household").distinct().count(),
        "words": [words for words in [issue.said, *issue.voices.values_list("said", flat=True)] if words],
        "photos": issue.photos.count(),
        "since": timezone.localdate(issue.created_at),
        "may_close": allows("issue.close", request.person),
    }


def _usual_day(issue: Issue) -> date:
    return calendar.after(timezone.localdate(), referral.usual_days(issue.category_id)).day


urlpatterns = [
    path("issues/<issue:number>/referral/", refer, name="issue_refer"),
    path("issues/<issue:number>/referral/answer/", answer, name="referral_answer"),
]

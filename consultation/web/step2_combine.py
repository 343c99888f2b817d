"""Merging one matter into another, splitting one in two."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import may
from consultation.combined import perhaps_the_same
from consultation.forms.propose import MergeForm, SplitForm
from consultation.models import Issue
from consultation.services import step2_combine
from consultation.web.sign import sign_of
from consultation.web.step2_settle import sent, with_the_branch

# How many matters that may be the same are offered; any other is named by its number.
OFFERED = 8


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.combine")
def merge(request: HttpRequest, number: str) -> HttpResponse:
    issue = with_the_branch(request, number)
    visible = Issue.objects.visible_to(request.person)
    form = MergeForm(*sent(request), issue=issue, visible=visible, initial={"into": request.GET.get("into", "")})
    if form.is_bound and form.is_valid():
        link = step2_combine.merge(issue, **form.cleaned_data, by=request.person)
        messages.success(
            request,
            _("Voices that came along: %(voices)s. Households behind this matter now: %(households)s.")
            % {"voices": link.voices, "households": link.households},
        )
        return redirect(link.other)
    context = {
        "nav": "issues",
        "issue": issue,
        "form": form,
        "steps": sign_of(issue),
        "alike": perhaps_the_same(issue, request.person)[:OFFERED],
    }
    return render(request, "consultation/step2_merge.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.combine")
def split(request: HttpRequest, number: str) -> HttpResponse:
    issue = with_the_branch(request, number)
    voices = list(issue.voices.select_related("person", "household__entrance__building__unit"))
    begin = {"category": issue.category_id}
    form = SplitForm(*sent(request), voices=voices, first=issue.spoken_by_id, initial=begin)
    if form.is_bound and form.is_valid():
        second = step2_combine.split(issue, **form.cleaned_data, by=request.person)
        messages.success(request, _("Two matters now: this is the second, number %(n)s.") % {"n": second.number})
        return redirect(second)
    context = {
        "nav": "issues",
        "issue": issue,
        "form": form,
        "steps": sign_of(issue),
        "voices": [(voice, form[f"voice_{voice.pk}"]) for voice in voices],
    }
    return render(request, "consultation/step2_split.html", context, status=422 if form.is_bound else 200)


urlpatterns = [
    path("issues/<issue:number>/merger/", merge, name="issue_merge"),
    path("issues/<issue:number>/split/", split, name="issue_split"),
]

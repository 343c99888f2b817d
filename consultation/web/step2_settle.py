"""Asking back, going to a household again, handing out without a meeting: one form a page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import may
from compounds.workdays import calendar
from consultation.errors import NotAtStep
from consultation.forms.propose import HandOutForm, QuestionForm, VisitAgainForm
from consultation.models import Issue, Route
from consultation.policies import sees
from consultation.services import step2_settle
from consultation.steps import Step
from consultation.web.sign import sign_of


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.ask_back")
def ask_back(request: HttpRequest, number: str) -> HttpResponse:
    issue = with_the_branch(request, number)
    form = QuestionForm(*sent(request))
    if form.is_bound and form.is_valid():
        step2_settle.ask_back(issue, **form.cleaned_data, by=request.person)
        messages.success(request, _("The question is with those who brought the matter."))
        return redirect(issue)
    return _page(
        request,
        issue,
        form,
        title=_("What does the branch still want to know?"),
        text=_("The matter goes back to %(name)s until the answer is there.") % {"name": issue.recorded_by.name},
        button=_("Ask"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.visit_again")
def visit_again(request: HttpRequest, number: str) -> HttpResponse:
    issue = with_the_branch(request, number)
    voices = issue.voices.select_related("person", "household__entrance__building__unit")
    form = VisitAgainForm(*sent(request), voices=voices, initial={"visited_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        data = dict(form.cleaned_data)
        step2_settle.visit_again(issue, household=data.pop("voice").household, **data, by=request.person)
        messages.success(request, _("The visit is written down."))
        return redirect(issue)
    door = sees(request.person, issue, "door")
    asked = [(v, v.household if door else v.household.entrance) for v in voices if v.household]
    return _page(
        request,
        issue,
        form,
        title=_("Who was asked again?"),
        text=_("Before it proposes, the branch goes to the households again and listens."),
        button=_("Write it down"),
        asked=asked,
        chosen=str(form["voice"].value() or (asked[0][0].pk if len(asked) == 1 else "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.hand_out")
def hand_out(request: HttpRequest, number: str) -> HttpResponse:
    issue = with_the_branch(request, number)
    step2_settle.require_tellable(issue)
    proposal = issue.proposals.first()
    days = proposal.working_days if proposal else 1
    begin = {
        "task": proposal.suggestion if proposal else "",
        "due_on": calendar.after(timezone.localdate(), days).day,
        "danger": bool(issue.category.emergency_numbers),
    }
    form = HandOutForm(*sent(request), initial=begin)
    if form.is_bound and form.is_valid():
        task = step2_settle.hand_out(issue, **form.cleaned_data, by=request.person)
        messages.success(request, _("%(body)s has the task now.") % {"body": task.body})
        return redirect(issue)
    simple = bool(proposal and proposal.route == Route.DIRECT) and not issue.category.owners_vote_item
    return _page(
        request,
        issue,
        form,
        title=_("Who does it, and by when?"),
        text=_("One body can do this alone and simply; it needs no meeting.")
        if simple
        else _(
            "Without a meeting, only what is dangerous, or sorted as simple and for one body alone, can be handed out."
        ),
        button=_("Hand it out"),
        numbers=issue.category.emergency_numbers,
    )


def with_the_branch(request: HttpRequest, number: str) -> Issue:
    """The matter, or a page that says where it is now. Raises NotAtStep."""
    visible = Issue.objects.visible_to(request.person).with_place().with_voices().select_related("recorded_by")
    issue: Issue = get_object_or_404(visible, number=number)
    if issue.step != Step.PROPOSE:
        raise NotAtStep(issue, Step.PROPOSE)
    return issue


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: even a POST with nothing in it says that something is missing."""
    return (request.POST,) if request.method == "POST" else ()


def _page(request: HttpRequest, issue: Issue, form: Any, **words: Any) -> HttpResponse:
    context = {"nav": "issues", "issue": issue, "form": form, "steps": sign_of(issue), **words}
    return render(request, "consultation/step2_settle.html", context, status=422 if form.is_bound else 200)


urlpatterns = [
    path("issues/<issue:number>/question/", ask_back, name="issue_ask_back"),
    path("issues/<issue:number>/visits/", visit_again, name="issue_visit_again"),
    path("issues/<issue:number>/hand-out/", hand_out, name="issue_hand_out"),
]

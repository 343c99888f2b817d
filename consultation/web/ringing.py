"""Who agreed to be rung about a matter, and whose number a handler may see: on a task, or through a link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from compounds.organisation.door import open_to_all
from compounds.organisation.models import Person
from compounds.organisation.policies import allows, may, require
from compounds.registry import limits
from consultation.errors import LinkNotValid, WrongDigits
from consultation.forms.ringing import NumberForm, RingByLinkForm, RingReasonForm
from consultation.models import Assignment, HandlerLink, Issue, Voice
from consultation.policies import sees
from consultation.services import handler_links, ringing
from consultation.services.ringing import Consent
from consultation.web.form_page import form_page, issue_or_404, sent
from consultation.web.handler_link import TRIES_AN_HOUR, resident_page


def shown_on(task: Assignment, person: Person | None) -> list[Voice]:
    """Whom this person may ring about the task they handle."""
    allowed = allows("assignment.ring", person, task) and sees(person, task.issue, "to_ring")
    return ringing.to_ring(task) if allowed else []


@require_http_methods(["GET", "HEAD", "POST"])
@may("voice.agree_to_ring")
def voices(request: HttpRequest, number: str) -> HttpResponse:
    """Each speaker: whether they may be rung; agreeing and taking it back."""
    issue = _with_speakers(request, number)
    if request.method == "POST":
        voice = get_object_or_404(issue.voices.select_related("person"), pk=_key(request.POST.get("voice", "")))
        form = NumberForm(request.POST)
        if not form.is_valid():
            return _voices_page(request, issue, form, wrong=voice)
        if request.POST.get("answer") == "no":
            ringing.take_back(voice, by=request.person)
            messages.success(request, _("Nobody outside sees this number any more."))
        else:
            ringing.agree(voice, Consent(form.cleaned_data["phone"]), by=request.person)
            messages.success(request, _("Kept: whoever handles it may ring them."))
        return redirect("issue_ringing", issue.number)
    return _voices_page(request, issue, NumberForm())


@never_cache
@sensitive_variables("number")
@require_http_methods(["GET", "HEAD", "POST"])
@may("assignment.ring")
def number(request: HttpRequest, pk: int, voice: int) -> HttpResponse:
    """Asks why; the answer to that is the number, in this one response."""
    tasks = Assignment.objects.visible_to(request.person).select_related("issue__category", "body")
    task = get_object_or_404(tasks, pk=pk)
    require("assignment.ring", request.person, task)
    one = next((each for each in shown_on(task, request.person) if each.pk == voice), None)
    if one is None:
        raise Http404
    form = RingReasonForm(*sent(request)[:1])
    context: dict[str, Any] = {"task": task, "voice": one}
    if form.is_bound and form.is_valid():
        found = ringing.number_of(task, one, reason=form.cleaned_data["reason"], by=request.person)
        return form_page(
            request, "consultation/ringing_number.html", task.issue, RingReasonForm(), number=found, **context
        )
    return form_page(request, "consultation/ringing_number.html", task.issue, form, **context)


@never_cache
@sensitive_post_parameters()
@sensitive_variables("numbers")
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def numbers_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The numbers of those who agreed, for a handler without an account who answers the link's question."""
    link = handler_links.find(token)
    if link is None:
        raise Http404
    handler_links.require_valid(link)
    form = RingByLinkForm(*sent(request)[:1])
    if form.is_bound:
        limits.count("handler", limits.hidden(token), most=TRIES_AN_HOUR, error=LinkNotValid())
    numbers = _answered(link, form) if form.is_bound and form.is_valid() else None
    status = 422 if form.is_bound and numbers is None else 200
    context = {
        "token": token,
        "task": link.assignment,
        "issue": link.assignment.issue,
        "form": form,
        "numbers": numbers,
    }
    return resident_page(request, "consultation/ringing_by_link.html", context, status=status)


def _answered(link: HandlerLink, form: RingByLinkForm) -> list[tuple[str, str]] | None:
    """Names and numbers; None when the digits are wrong, which is an error beside their field."""
    data = form.cleaned_data
    try:
        handler = handler_links.answer(link, name=data["name"], digits=data["digits"])
    except WrongDigits as error:
        form.add_error("digits", error.context()["message"])
        return None
    return ringing.numbers_by_link(handler, reason=data["reason"])


def _with_speakers(request: HttpRequest, number: str) -> Issue:
    """The matter, for those who may see who spoke."""
    issue = issue_or_404(request, number)
    if not sees(request.person, issue, "spoken_by"):
        raise Http404
    return issue


def _voices_page(request: HttpRequest, issue: Issue, form: NumberForm, *, wrong: Voice | None = None) -> HttpResponse:
    rows = issue.voices.select_related("person", "ring_agreed_to")
    return form_page(request, "consultation/ringing.html", issue, form, voices=rows, wrong=wrong)


def _key(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else 0


urlpatterns = [
    path("issues/<issue:number>/ringing/", voices, name="issue_ringing"),
    path("assignments/<int:pk>/ringing/<int:voice>/", number, name="assignment_ring"),
    path("handle/<str:token>/ringing/", numbers_by_link, name="handle_ring"),
]

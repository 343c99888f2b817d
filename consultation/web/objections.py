"""Objections to what is posted: received at the board or by somebody who serves here, answered by the branch."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from compounds.kernel.errors import DomainError
from compounds.organisation.door import open_to_all
from compounds.organisation.policies import may
from compounds.registry import limits
from consultation.forms.objection import DISMISS, REWORK, AnswerForm, CodeForm, ObjectionForm
from consultation.models import Assignment, Issue, ScoringRound
from consultation.services import objections as service
from consultation.steps import Step
from consultation.web.scoring_results import answer_objection
from notices import objections as receiving
from notices.models import Objection, ObjectionChannel, ObjectionState, Posting
from volunteers.models import Honour
from volunteers.web.honours_board import answer_objection as answer_honour_objection

_AN_HOUR = 5
_LOOKS_AN_HOUR = 30


class TooManyObjections(DomainError):
    """Without a login only so many are taken from one place."""

    code = "too_many_objections"
    status = 429
    title = gettext_lazy("Too many in a short time")
    message = gettext_lazy("Please try again in an hour, or tell your building steward.")


@never_cache
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def object_at_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Anybody may object to a public posting while it hangs; they get a code to read the answer by."""
    posting = _public_posting(pk)
    receiving.require_in_period(posting, timezone.localdate())
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _public(request, "consultation/objection_form.html", {"posting": posting, "form": form}, form=form)
    limits.count("objection", limits.address_of(request), most=_AN_HOUR, error=TooManyObjections())
    by_link = request.GET.get("from") == ObjectionChannel.LINK
    channel = ObjectionChannel.LINK if by_link else ObjectionChannel.BOARD
    objection, code = receiving.receive(
        posting, channel=channel, **form.cleaned_data, today=timezone.localdate(), by=None
    )
    return _public(request, "consultation/objection_received.html", {"objection": objection, "code": code})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@may("objection.record")
def objection_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who serves here takes an objection down, and hands on the code."""
    posting = _public_posting(pk)
    receiving.require_in_period(posting, timezone.localdate())
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"nav": "board", "posting": posting, "form": form, "taken_down": True}
        return _public(request, "consultation/objection_form.html", context, form=form)
    objection, code = receiving.receive(
        posting,
        channel=ObjectionChannel.STEWARD,
        **form.cleaned_data,
        today=timezone.localdate(),
        by=request.person,
    )
    context = {"nav": "board", "objection": objection, "code": code, "taken_down": True}
    return _public(request, "consultation/objection_received.html", context)


@never_cache
@open_to_all
@require_safe
def objection_answer(request: HttpRequest) -> HttpResponse:
    """What became of an objection, for whoever has its code."""
    form = CodeForm(request.GET or None)
    objection = None
    if form.is_bound:
        limits.count("objection-code", limits.address_of(request), most=_LOOKS_AN_HOUR, error=TooManyObjections())
        if form.is_valid():
            objection = receiving.find(form.cleaned_data["code"])
            if objection is None:
                form.add_error("code", _("This code is not known. Please look at it again."))
    context = {"nav": "board", "form": form, "objection": objection}
    return _public(request, "consultation/objection_answer.html", context, form=form)


@require_safe
@may("objection.answer")
def objections(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = Objection.objects.select_related("posting")
    waiting = [(row, (row.due_on - today).days) for row in rows.open()]
    context = {
        "nav": "issues",
        "waiting": waiting,
        "late": sum(left < 0 for _row, left in waiting),
        "answered": rows.exclude(state=ObjectionState.OPEN).order_by("-answered_at")[:50],
    }
    return render(request, "consultation/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may("objection.answer")
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Objection.objects.select_related("posting", "recorded_by", "answered_by"), pk=pk)
    if Honour.objects.told_by(found.posting_id).exists():
        return answer_honour_objection(request, found)
    if scored := ScoringRound.objects.told_by(found.posting_id).first():
        return answer_objection(request, found, scored)
    issue = service.issue_of(found.posting)
    today = timezone.localdate()
    body = Assignment.objects.told_by(found.posting_id).values_list("body", flat=True).first()
    form = AnswerForm(
        *((request.POST,) if request.method == "POST" else ()),
        initial={"body": body},
        today=today,
        may_rework=issue.step == Step.EVALUATE,
    )
    if request.method != "POST" or not form.is_valid():
        left = (found.due_on - today).days
        context = {"nav": "issues", "objection": found, "issue": issue, "form": form, "left": left}
        return render(request, "consultation/objection.html", context, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    if data["verdict"] == DISMISS:
        service.dismiss(found, answer=data["answer"], by=request.person)
        messages.success(request, _("Dismissed. Whoever objected reads the reason by their code."))
        return redirect(found)
    if data["verdict"] == REWORK:
        service.uphold_for_rework(
            found, answer=data["answer"], body=data["body"], due_on=data["due_on"], by=request.person
        )
    else:
        service.uphold(found, answer=data["answer"], by=request.person)
    messages.success(request, _("Upheld. Whoever objected reads the answer by their code."))
    return redirect(issue)


def _public_posting(pk: int) -> Posting:
    """A posting that hangs for everybody, or 404."""
    told = Assignment.objects.told_by(pk).filter(issue__in=Issue.objects.on_board().values("pk"))
    known = (told, ScoringRound.objects.told_by(pk), Honour.objects.told_by(pk))
    if not any(rows.exists() for rows in known):
        raise Http404
    return get_object_or_404(Posting, pk=pk)


def _public(request: HttpRequest, template: str, context: dict[str, Any], *, form: Any = None) -> HttpResponse:
    response = render(request, template, context, status=422 if form is not None and form.errors else 200)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("board/objections/", objection_answer, name="objection_answer"),
    path("board/postings/<int:pk>/objection/", object_at_board, name="object_at_board"),
    path("postings/<int:pk>/objection/", objection_record, name="objection_record"),
    path("objections/", objections, name="objections"),
    path("objections/<int:pk>/", objection, name="objection"),
]

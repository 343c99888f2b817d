"""What happens to a task on its way: progress, giving it back, the branch's decision, urging, a handler's link."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.accounts.qr import qr_svg
from compounds.organisation.policies import may, require
from compounds.photos.models import Photo
from compounds.photos.serving import photo_response
from consultation.forms.task_life import NudgeForm, ProgressForm, ReturnAnswerForm, ReturnForm
from consultation.models import (
    Assignment,
    AssignmentReport,
    AssignmentReturn,
    AssignmentState,
    HandlerLink,
    ReturnAnswer,
)
from consultation.services import handler_links, nudges, returns, step4_handle, work_reports


@require_http_methods(["GET", "HEAD", "POST"])
@may("assignment.progress")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    require("assignment.progress", request.person, task)
    step4_handle.require_state(task, AssignmentState.ACCEPTED)
    form = ProgressForm(*_sent(request))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "consultation/task_progress.html", task, form)
    work_reports.progress(task, **form.cleaned_data, by=request.person)
    messages.success(request, _("Kept: everybody can see how far it is."))
    return redirect(task)


@require_http_methods(["GET", "HEAD", "POST"])
@may("assignment.return")
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    require("assignment.return", request.person, task)
    returns.require_returnable(task)
    form = ReturnForm(*_sent(request))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "consultation/task_return.html", task, form)
    returns.give_back(task, reason=form.cleaned_data["reason"], by=request.person)
    messages.success(request, _("Given back. The branch decides what becomes of it."))
    return redirect(task)


@require_http_methods(["GET", "HEAD", "POST"])
@may("assignment.decide_return")
def decide_return(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    step4_handle.require_state(task, AssignmentState.RETURNED)
    returned: AssignmentReturn = get_object_or_404(task.returns.waiting())
    today = timezone.localdate()
    form = ReturnAnswerForm(*_sent(request)[:1], today=today)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "consultation/task_decide.html", task, form, returned=returned)
    data = form.cleaned_data
    if data["answer"] == ReturnAnswer.AGAIN:
        returns.hand_out_again(returned, body=data["body"], due_on=data["due_on"], note=data["note"], by=request.person)
        messages.success(request, _("Handed out again to %(body)s.") % {"body": data["body"]})
        return redirect(task)
    issue = returns.take_back(returned, answer=data["answer"], note=data["note"], by=request.person)
    messages.success(request, _("The task is taken back, and the matter has moved."))
    return redirect(issue)


@require_POST
@may("assignment.nudge")
def nudge(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    form = NudgeForm(request.POST)
    # Too long is cut: an urging is not worth a page of its own.
    words = form.cleaned_data["words"] if form.is_valid() else request.POST.get("words", "")[:200]
    nudges.urge(task, words=words, by=request.person)
    messages.success(request, _("%(body)s is told that this is waited for.") % {"body": task.body})
    return redirect(task)


@never_cache
@require_POST
@may("assignment.send_link")
def handler_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for somebody without an account. It is known in this answer only: of its token just a hash is kept."""
    task = _task_or_404(request, pk)
    require("assignment.send_link", request.person, task)
    token = handler_links.make(task, by=request.person)
    link = request.build_absolute_uri(reverse("handle_by_link", args=[token]))
    context = {
        "nav": "issues",
        "task": task,
        "issue": task.issue,
        "link": link,
        "earlier": HandlerLink.objects.filter(assignment=task).count() > 1,
        "qr": qr_svg(link),
        "days": handler_links.LIFE.days,
    }
    return render(request, "consultation/handler_link_made.html", context)


@require_POST
@may("assignment.send_link")
def handler_link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    require("assignment.send_link", request.person, task)
    handler_links.revoke(task)
    messages.success(request, _("The link is called back: nobody can report through it any more."))
    return redirect(task)


@require_safe
def report_photo(request: HttpRequest, pk: int, photo: UUID, size: str) -> FileResponse:
    """A photo that came with a report, for those who may know of the matter."""
    tasks = Assignment.objects.visible_to(request.person)
    get_object_or_404(AssignmentReport, assignment__in=tasks, assignment=pk, photos__contains=[photo])
    return photo_response(get_object_or_404(Photo, pk=photo), size)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: even a POST with nothing in it says that something is missing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _task_or_404(request: HttpRequest, pk: int) -> Assignment:
    tasks = Assignment.objects.visible_to(request.person).select_related(
        "issue__building__unit", "issue__entrance__building__unit", "body"
    )
    return get_object_or_404(tasks, pk=pk)


def _form_page(request: HttpRequest, template: str, task: Assignment, form: object, **more: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"nav": "issues", "task": task, "issue": task.issue, "form": form, **more}
    return render(request, template, context, status=status)


urlpatterns = [
    path("assignments/<int:pk>/progress/", progress, name="assignment_progress"),
    path("assignments/<int:pk>/return/", give_back, name="assignment_return"),
    path("assignments/<int:pk>/return/decision/", decide_return, name="assignment_decide_return"),
    path("assignments/<int:pk>/nudges/", nudge, name="assignment_nudge"),
    path("assignments/<int:pk>/link/", handler_link, name="handler_link"),
    path("assignments/<int:pk>/link/revocation/", handler_link_revoke, name="handler_link_revoke"),
    path("assignments/<int:pk>/photos/<uuid:photo>/<slug:size>/", report_photo, name="report_photo"),
]

"""Step 4: what each body has promised, and each promise on its way from handed out to posted."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.kernel.pagination import keyset_page, part_of
from compounds.organisation.models import Person
from compounds.organisation.policies import may, require
from compounds.photos.serving import photo_response
from consultation import policies, task_stages
from consultation.forms.step4_handle import POSTED_LENGTH, CompletionForm, ReportForm, VerificationForm
from consultation.models import Assignment, AssignmentState, Verification
from consultation.services import step4_handle
from consultation.web import ringing, task_pages
from consultation.web.sign import sign_of
from consultation.web.task_pages import Shot
from notices.postings import shortened


@require_safe
def assignments(request: HttpRequest) -> HttpResponse:
    """What my body has to do; the branch, stewards and the district see every body's tasks. Late ones first."""
    today = timezone.localdate()
    tasks = _tasks_of(request.person)
    show = request.GET.get("show", "")
    context = {"nav": "issues", "show": show, "mine_only": _only_own_body(request.person)}
    if show == "done":
        context["page"] = keyset_page(request, tasks.filter(state=AssignmentState.VERIFIED), by="updated_at")
        return render(request, "consultation/step4_assignments.html", context)
    unfinished = [(task, (task.due_on - today).days) for task in tasks.unfinished().order_by("due_on", "pk")]
    context["open_tasks"] = [line for line in unfinished if line[0].state != AssignmentState.DONE]
    context["reported_tasks"] = [line for line in unfinished if line[0].state == AssignmentState.DONE]
    context["page"] = part_of(request, context["open_tasks"])
    context["late"] = sum(left < 0 for _task, left in context["open_tasks"])
    return render(request, "consultation/step4_assignments.html", context)


@require_safe
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    context = {
        "nav": "issues",
        **task_pages.life(task, request.person),
        "to_ring": ringing.shown_on(task, request.person),
        "task": task,
        "issue": task.issue,
        "steps": sign_of(task.issue),
        "stages": task_stages.stages(task),
        "doing": task_stages.doing(task, request.person),
        "looks": [(look, _look_photo(look)) for look in task.verifications.all()],
        "begins": task_stages.work_begins(task, timezone.localdate()),
        "left": (task.due_on - timezone.localdate()).days,
    }
    return render(request, "consultation/step4_assignment.html", context)


@require_POST
@may("assignment.accept")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    require("assignment.accept", request.person, task)
    step4_handle.accept(task, by=request.person)
    messages.success(request, _("You have taken the task over."))
    return redirect(task)


@require_http_methods(["GET", "HEAD", "POST"])
@may("assignment.report")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    require("assignment.report", request.person, task)
    step4_handle.require_state(task, AssignmentState.ACCEPTED)
    form = ReportForm(*_sent(request), initial={"report": task.report})
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "consultation/step4_report.html", task, form)
    step4_handle.report_done(task, **form.cleaned_data, by=request.person)
    messages.success(request, _("Reported. Somebody will go there and look."))
    return redirect(task)


@require_http_methods(["GET", "HEAD", "POST"])
@may("assignment.verify")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    step4_handle.require_state(task, AssignmentState.DONE)
    form = VerificationForm(*_sent(request))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "consultation/step4_verify.html", task, form)
    step4_handle.verify(task, **form.cleaned_data, by=request.person)
    if form.cleaned_data["passed"]:
        messages.success(request, _("Verified. Now the neighbours are told, and asked what they think."))
    else:
        messages.success(request, _("Sent back to %(body)s with what is missing.") % {"body": task.body})
    return redirect(task)


@require_http_methods(["GET", "HEAD", "POST"])
@may("issue.post")
def post(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_or_404(request, pk)
    step4_handle.require_postable(task)
    form = CompletionForm(*_sent(request), initial={"text": shortened(task.report, POSTED_LENGTH)})
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "consultation/step4_post.html", task, form)
    posting = step4_handle.post_completion(task, text=form.cleaned_data["text"], by=request.person)
    messages.success(request, _("Posted. Now tick each place once it hangs there."))
    return redirect("posting", posting.pk)


@require_safe
def verification_photo(request: HttpRequest, pk: int, verification: int, size: str) -> FileResponse:
    """What somebody saw on the spot, for those who may know of the matter."""
    looks = Verification.objects.filter(assignment__in=Assignment.objects.visible_to(request.person))
    look = get_object_or_404(looks.select_related("photo"), pk=verification, assignment=pk)
    return photo_response(look.photo, size)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form is bound to: even a POST with nothing in it says that something is missing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _tasks_of(person: Person | None) -> QuerySet[Assignment]:
    tasks = Assignment.objects.visible_to(person).select_related(
        "issue__building__unit", "issue__entrance__building__unit", "issue__category", "body", "completion_posting"
    )
    return tasks.filter(body__in=policies.bodies_of(person)) if person and _only_own_body(person) else tasks


def _only_own_body(person: Person | None) -> bool:
    """Whether this person is here for the body they work for, and for nothing else that concerns tasks."""
    return person is not None and not policies.ON_THE_SPOT & person.kinds and policies.bodies_of(person).exists()


def _task_or_404(request: HttpRequest, pk: int) -> Assignment:
    tasks = Assignment.objects.visible_to(request.person).select_related(
        "issue__category",
        "issue__building__unit",
        "issue__entrance__building__unit",
        "body",
        "accepted_by",
        "reported_by",
        "result_posting",
        "completion_posting__posted_by",
    )
    return get_object_or_404(tasks.prefetch_related("verifications__by", "verifications__photo"), pk=pk)


def _form_page(request: HttpRequest, template: str, task: Assignment, form: object) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"nav": "issues", "task": task, "issue": task.issue, "form": form}
    return render(request, template, context, status=status)


def _look_photo(look: Verification) -> list[Shot]:
    args = [look.assignment_id, look.pk]
    return [
        Shot(
            reverse("verification_photo", args=[*args, "medium"]),
            reverse("verification_photo", args=[*args, "small"]),
            _("Photo taken on the spot"),
        )
    ]


urlpatterns = [
    path("assignments/", assignments, name="assignments"),
    path("assignments/<int:pk>/", assignment, name="assignment"),
    path("assignments/<int:pk>/acceptance/", accept, name="assignment_accept"),
    path("assignments/<int:pk>/report/", report, name="assignment_report"),
    path("assignments/<int:pk>/verifications/", verify, name="assignment_verify"),
    path(
        "assignments/<int:pk>/verifications/<int:verification>/photo/<slug:size>/",
        verification_photo,
        name="verification_photo",
    ),
    path("assignments/<int:pk>/posting/", post, name="assignment_post"),
]

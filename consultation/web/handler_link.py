"""The page of a handler without an account: one task, progress or done, and nothing else."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.door import open_to_all
from compounds.photos.serving import photo_response
from compounds.registry import limits
from consultation.errors import LinkNotValid, WrongDigits
from consultation.forms.task_life import HandlerForm
from consultation.models import Assignment, AssignmentState, HandlerLink, IssuePhoto
from consultation.services import handler_links, ringing
from consultation.task_stages import work_begins
from consultation.web.task_pages import Shot, missing

TRIES_AN_HOUR = 20
_GONE = "consultation/handler_link_gone.html"


@never_cache
@sensitive_post_parameters()
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def handle_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Report on one task. GET changes nothing: chat programs fetch links first, and people forward them."""
    link = handler_links.find(token)
    if link is None:
        return resident_page(request, _GONE, {"state": "unknown"}, status=404)
    if (state := link.state(timezone.now())) != "valid":
        return resident_page(request, _GONE, {"state": state}, status=410)
    if request.method != "POST" or link.assignment.state != AssignmentState.ACCEPTED:
        status = 409 if request.method == "POST" else 200
        return _task_page(request, token, link, HandlerForm(), status=status)
    limits.count("handler", limits.hidden(token), most=TRIES_AN_HOUR, error=LinkNotValid())
    form = HandlerForm(request.POST, request.FILES)
    if not form.is_valid() or not _report(link, form):
        link.refresh_from_db()
        if (state := link.state(timezone.now())) != "valid":
            return resident_page(request, _GONE, {"state": state}, status=410)
        return _task_page(request, token, link, form, status=422)
    messages.success(request, _("Your report has arrived. Thank you."))
    return redirect("handle_by_link", token)


@never_cache
@open_to_all
@require_safe
def handle_photo(request: HttpRequest, token: str, photo: str, size: str) -> FileResponse:
    """A photo of how it was, for whoever holds the link as long as it is valid (domain: Openness)."""
    link = handler_links.find(token)
    if link is None or link.state(timezone.now()) != "valid":
        raise Http404
    rows = IssuePhoto.objects.filter(issue=link.assignment.issue_id).select_related("photo")
    return photo_response(get_object_or_404(rows, photo=photo).photo, size)


def _report(link: HandlerLink, form: HandlerForm) -> bool:
    """Whether the report was taken; a wrong answer to the link's question is an error beside its field."""
    data = form.cleaned_data
    try:
        handler = handler_links.answer(link, name=data["name"], digits=data["digits"])
    except WrongDigits as error:
        form.add_error("digits", error.context()["message"])
        return False
    handler_links.report(handler, kind=data["kind"], text=data["text"], photos=data["photos"])
    return True


def _task_page(
    request: HttpRequest, token: str, link: HandlerLink, form: HandlerForm, *, status: int = 200
) -> HttpResponse:
    task = link.assignment
    context: dict[str, Any] = {
        "link": link,
        "task": task,
        "issue": task.issue,
        "form": form,
        "open": task.state == AssignmentState.ACCEPTED,
        "begins": work_begins(task, timezone.localdate()),
        "left": (task.due_on - timezone.localdate()).days,
        "nudges": task.nudges.count(),
        "reports": task.reports.select_related("by"),
        "token": token,
        "photos": _photos(token, task),
        "to_ring": len(ringing.to_ring(task)),
        "missing": missing(task),
    }
    return resident_page(request, "consultation/handle_by_link.html", context, status=status)


def _photos(token: str, task: Assignment) -> list[Shot]:
    """How it was: without what this task's reports added to the matter's photos."""
    reported = {photo for report in task.reports.all() for photo in report.photos}
    return [
        Shot(
            reverse("handle_photo", args=[token, photo, "medium"]),
            reverse("handle_photo", args=[token, photo, "small"]),
            task.issue.title,
        )
        for photo in task.issue.photos.exclude(photo__in=reported).values_list("photo", flat=True)
    ]


def resident_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    """A page without an account, in no search engine."""
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # No word of ``no-referrer``: the browser would hide where the form comes from, and the report would be refused as
    # a forgery. The site's own ``same-origin`` keeps the link from other sites.
    return response


urlpatterns = [
    path("handle/<str:token>/", handle_by_link, name="handle_by_link"),
    path("handle/<str:token>/photos/<uuid:photo>/<slug:size>/", handle_photo, name="handle_photo"),
]

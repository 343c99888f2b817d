"""The responsible bodies of a compound: list, add, change, retire."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.organisation.policies import allows, may
from consultation.forms.task_life import BodyForm
from consultation.models import ResponsibleBody
from consultation.models.step4_handle import ENDED
from consultation.services import bodies as service


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    manages = allows("body.manage", request.person)
    unfinished = Count("assignments", filter=~Q(assignments__state__in=ENDED) & Q(assignments__isnull=False))
    rows = ResponsibleBody.objects.annotate(unfinished=unfinished)
    context = {
        "nav": "issues",
        "in_use": rows.filter(active=True),
        "retired": rows.filter(active=False),
        "manages": manages,
    }
    return render(request, "consultation/bodies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may("body.manage")
def body_add(request: HttpRequest) -> HttpResponse:
    form = BodyForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, None)
    body = service.add(**form.cleaned_data, by=request.person)
    messages.success(request, _("Added: %(body)s.") % {"body": body})
    return redirect("bodies")


@require_http_methods(["GET", "HEAD", "POST"])
@may("body.manage")
def body_change(request: HttpRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(ResponsibleBody, pk=pk)
    form = BodyForm(request.POST if request.method == "POST" else None, instance=body)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, body)
    service.change(body, **form.cleaned_data, by=request.person)
    messages.success(request, _("Kept: %(body)s.") % {"body": form.cleaned_data["name"]})
    return redirect("bodies")


@require_POST
@may("body.manage")
def body_retire(request: HttpRequest, pk: int) -> HttpResponse:
    body = service.retire(get_object_or_404(ResponsibleBody, pk=pk), by=request.person)
    messages.success(request, _("%(body)s takes on nothing new from now on.") % {"body": body})
    return redirect("bodies")


@require_POST
@may("body.manage")
def body_take_up(request: HttpRequest, pk: int) -> HttpResponse:
    body = service.take_up(get_object_or_404(ResponsibleBody, pk=pk), by=request.person)
    messages.success(request, _("%(body)s is in use again.") % {"body": body})
    return redirect("bodies")


def _form_page(request: HttpRequest, form: BodyForm, body: ResponsibleBody | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "consultation/body_form.html", {"nav": "issues", "form": form, "body": body}, status=status)


urlpatterns = [
    path("bodies/", bodies, name="bodies"),
    path("bodies/new/", body_add, name="body_add"),
    path("bodies/<int:pk>/", body_change, name="body_change"),
    path("bodies/<int:pk>/retirement/", body_retire, name="body_retire"),
    path("bodies/<int:pk>/taking-up/", body_take_up, name="body_take_up"),
]

"""The kinds of honours: a list, a new one, one to change or give no more."""

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.policies import may
from compounds.organisation.upkeep.web.answers import form_page, posted
from volunteers import policies
from volunteers.forms.honours import KindForm
from volunteers.models import HonourKind
from volunteers.services import honour_kinds as service

_FORM = ["GET", "HEAD", "POST"]


@require_safe
@may(policies.HONOUR_KINDS)
def honour_kinds(request: HttpRequest) -> HttpResponse:
    rows = list(HonourKind.objects.order_by("-active", "position", "pk"))
    context = {"nav": "tree", "kinds": rows, "in_use": sum(row.active for row in rows)}
    return render(request, "volunteers/honour_kinds.html", context)


@require_http_methods(_FORM)
@may(policies.HONOUR_KINDS)
def honour_kind_new(request: HttpRequest) -> HttpResponse:
    last = HonourKind.objects.aggregate(last=Max("position"))["last"] or 0
    form = KindForm(posted(request), initial={"position": last + 1, "active": True})
    if form.is_valid():
        kind = service.add(**form.cleaned_data, by=request.person)
        messages.success(request, _("%(name)s is there now.") % {"name": kind})
        return redirect("settings_honour_kinds")
    return form_page(request, form, title=_("A new kind of honour"), back=_back())


@require_http_methods(_FORM)
@may(policies.HONOUR_KINDS)
def honour_kind_edit(request: HttpRequest, pk: int) -> HttpResponse:
    kind = get_object_or_404(HonourKind, pk=pk)
    name = str(kind)
    form = KindForm(posted(request), instance=kind)
    if form.is_valid():
        service.change(kind, **form.cleaned_data, by=request.person)
        messages.success(request, _("Saved."))
        return redirect("settings_honour_kinds")
    return form_page(request, form, title=_("Change %(name)s") % {"name": name}, back=_back())


def _back() -> tuple[str, str]:
    return reverse("settings_honour_kinds"), _("Kinds of honours")


urlpatterns = [
    path("settings/honour-kinds/", honour_kinds, name="settings_honour_kinds"),
    path("settings/honour-kinds/new/", honour_kind_new, name="honour_kind_new"),
    path("settings/honour-kinds/<int:pk>/", honour_kind_edit, name="honour_kind_edit"),
]

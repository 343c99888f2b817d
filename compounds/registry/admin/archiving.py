"""Archiving a compound and taking that back, each after a page that says what it means."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compounds.registry import archiving
from compounds.registry.admin import compound_pages
from compounds.registry.admin.compound_pages import Page, Visit
from compounds.registry.models import Compound, CompoundState


def archive(request: HttpRequest, visit: Visit) -> HttpResponse:
    lines = [
        _("Nobody can enter it any more: its pages, the board and the printed codes answer “not found”."),
        _("Nothing is deleted. It can be restored at any time, with all that is in it."),
    ]
    if request.method == "POST":
        archiving.archive(visit.compound, by=visit.by)
        return _done(request, visit, _("%(name)s is archived.") % {"name": visit.compound.name})
    return _confirm(request, visit, lines, _("Yes, archive it"))


def restore(request: HttpRequest, visit: Visit) -> HttpResponse:
    lines = [_("Its pages and its board can be opened again by those who could before.")]
    if request.method == "POST":
        archiving.restore(visit.compound, by=visit.by)
        return _done(request, visit, _("%(name)s is open again.") % {"name": visit.compound.name})
    return _confirm(request, visit, lines, _("Yes, restore it"))


def _confirm(request: HttpRequest, visit: Visit, lines: list[str], button: str) -> HttpResponse:
    return visit.answer(request, "registry/admin/confirm.html", lines=lines, button=button)


def _done(request: HttpRequest, visit: Visit, message: str) -> HttpResponse:
    compounds: Any = admin.site.get_model_admin(Compound)
    compounds.log_change(request, visit.compound, message)
    messages.success(request, message)
    return redirect("admin:registry_compound_change", visit.compound.pk)


compound_pages.register(Page("archive", gettext_lazy("Archive"), "archive/", archive, enters=False))
compound_pages.register(
    Page(
        "restore",
        gettext_lazy("Restore"),
        "restore/",
        restore,
        states=frozenset({CompoundState.ARCHIVED}),
        enters=False,
    )
)

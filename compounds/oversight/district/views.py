"""The district's pages: each gathers what it shows in a module of its own."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compounds.oversight.district import comparison, compound, compound_list, overdue, overdue_sheet, overview
from compounds.oversight.district.site import Tab
from compounds.registry.admin.standing import standing

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def index(request: HttpRequest) -> HttpResponse:
    """The overview; whoever stands over nothing is told so."""
    anywhere = standing(request).anywhere
    found = overview.context(request) if anywhere else {}
    app_list = admin.site.get_app_list(request)
    return _answer(request, "overview", {**found, "anywhere": anywhere, "app_list": app_list})


def compounds(request: HttpRequest) -> HttpResponse:
    return _answer(request, "compounds", {"title": _("Compounds"), **compound_list.context(request)})


def one_compound(request: HttpRequest, slug: str) -> HttpResponse:
    found = compound.entered(request, slug)
    return _answer(request, "compound", {"title": found.name, **compound.context(request, found)})


def overdue_matters(request: HttpRequest) -> HttpResponse:
    return _answer(request, "overdue", {"title": _("Overdue matters"), **overdue.context(request)})


def overdue_file(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    disposition = {"Content-Disposition": f'attachment; filename="overdue-{timezone.localdate(now):%Y-%m-%d}.xlsx"'}
    return HttpResponse(overdue_sheet.made(request, now), content_type=_SHEET, headers=disposition)


def compare(request: HttpRequest) -> HttpResponse:
    return _answer(request, "comparison", {"title": _("Compare quarters"), **comparison.context(request)})


def records(request: HttpRequest) -> HttpResponse:
    """The admin's usual list of what it holds."""
    app_list = admin.site.get_app_list(request)
    return _answer(request, "records", {"title": _("Records and settings"), "app_list": app_list})


def tabs(request: HttpRequest) -> list[Tab]:
    """The pages at the head of each page; all pages of models stand below the last. None without a scope."""
    if not standing(request).anywhere:
        return []
    names = [
        (_("Overview"), "index"),
        (_("Compounds"), "district_compounds"),
        (_("Overdue"), "district_overdue"),
        (_("Compare quarters"), "district_comparison"),
        (_("Records and settings"), "district_records"),
    ]
    urls = [reverse(f"admin:{name}") for _title, name in names]
    now = request.path
    here = next((url for url in urls[1:-1] if now.startswith(url)), urls[0] if now == urls[0] else urls[-1])
    return [(title, url, url == here) for (title, _name), url in zip(names, urls, strict=True)]


def _answer(request: HttpRequest, page: str, shown: dict[str, Any]) -> HttpResponse:
    request.current_app = admin.site.name  # type: ignore[attr-defined]
    context = {**admin.site.each_context(request), **shown}
    return TemplateResponse(request, f"oversight/district/{page}.html", context, status=shown.get("status", 200))

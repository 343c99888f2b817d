"""Taking a spreadsheet in, in two steps: look through it, then take it in. And the template, and the export."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.models import SheetImport
from compounds.organisation.policies import may
from compounds.organisation.spreadsheet import taking_in, writing
from compounds.organisation.spreadsheet.forms import ExportForm, UploadForm
from compounds.organisation.spreadsheet.reading import MOST_PROBLEMS, NotReadable
from compounds.organisation.upkeep.web.answers import form_page, posted

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@may("sheet.import")
def sheet_import(request: HttpRequest) -> HttpResponse:
    """Upload; what is wrong with the file as a whole is said beside the field."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read()
        try:
            _plan, problems = taking_in.look(content)
        except NotReadable as error:
            form.add_error("file", error.context()["message"])
        else:
            if problems:
                return _problems(request, form, upload.name, problems)
            sheet = taking_in.keep(content, file_name=upload.name, now=timezone.now(), by=request.person)
            return redirect("sheet_waiting", sheet.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/sheet_import.html", {"nav": "tree", "form": form}, status=status)


def _problems(request: HttpRequest, form: UploadForm, name: str, problems: list) -> HttpResponse:
    context = {
        "nav": "tree",
        "form": form,
        "file_name": name,
        "problems": problems[:MOST_PROBLEMS],
        "count": len(problems),
        "more": max(0, len(problems) - MOST_PROBLEMS),
    }
    return render(request, "organisation/sheet_import.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@may("sheet.import")
def sheet_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be new and changed; POST takes it in."""
    sheet = get_object_or_404(SheetImport, pk=pk, by=request.person)
    if request.method == "POST":
        taken = taking_in.take_in(sheet, by=request.person)
        added = sum(part["added"] for part in taken.counts.values())
        changed = sum(part["changed"] for part in taken.counts.values())
        messages.success(
            request, _("Taken in: %(added)s rows new, %(changed)s changed.") % {"added": added, "changed": changed}
        )
        return redirect("settings")
    plan, problems = taking_in.look(taking_in.waiting(sheet))
    if problems:
        raise taking_in.HasProblems(actions=[(_("Take in a spreadsheet"), reverse("sheet_import"))])
    counts = plan.counts()
    lines = [
        (pgettext("spreadsheet", "Buildings"), counts["buildings"]),
        (pgettext("spreadsheet", "Households"), counts["households"]),
        (pgettext("spreadsheet", "People"), counts["persons"]),
    ]
    return render(
        request,
        "organisation/sheet_waiting.html",
        {"nav": "tree", "sheet": sheet, "lines": lines, "entrances": len(plan.entrances), "groups": len(plan.groups)},
    )


@require_safe
@may("sheet.import")
def sheet_template(request: HttpRequest) -> HttpResponse:
    return _download(writing.template(), _("template"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@may("sheet.export")
def sheet_export(request: HttpRequest) -> HttpResponse:
    form = ExportForm(posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"] if form.cleaned_data["phones"] else ""
        content = writing.export(phones_because=reason, by=request.person)
        return _download(content, f"{request.compound.slug}-{timezone.localdate():%Y-%m-%d}")
    return form_page(
        request,
        form,
        title=_("Export buildings, households and people"),
        text=_("A spreadsheet of the same form as the template. That you took it is written down."),
        back=(reverse("settings"), _("Settings")),
        button=_("Download"),
    )


def _download(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        headers={
            "Content-Type": _XLSX,
            "Content-Disposition": f"attachment; filename*=UTF-8''{iri_to_uri(name)}.xlsx",
            "X-Content-Type-Options": "nosniff",
        },
    )


urlpatterns = [
    path("settings/import/", sheet_import, name="sheet_import"),
    path("settings/import/template/", sheet_template, name="sheet_template"),
    path("settings/import/<int:pk>/", sheet_waiting, name="sheet_waiting"),
    path("settings/export/", sheet_export, name="sheet_export"),
]

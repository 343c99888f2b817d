"""Taking a spreadsheet in, in two steps: look through it, then take it in. And the template, and the export."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.policies import may
from compounds.organisation.spreadsheet import taking_in, writing
from compounds.organisation.spreadsheet.answers import as_file, problems_in, was_done, would_do
from compounds.organisation.spreadsheet.forms import ExportForm, UploadForm
from compounds.organisation.spreadsheet.guard import NotReadable
from compounds.organisation.upkeep.web.answers import form_page, posted


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
    context = {"nav": "tree", "form": form, **problems_in(name, problems)}
    return render(request, "organisation/sheet_import.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@may("sheet.import")
def sheet_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be new and changed; POST takes it in."""
    sheet = get_object_or_404(taking_in.waiting_for(request.person), pk=pk)
    if request.method == "POST":
        taken = taking_in.take_in(sheet, by=request.person)
        messages.success(request, was_done(taken))
        return redirect("settings")
    plan, problems = taking_in.look(taking_in.waiting(sheet))
    if problems:
        raise taking_in.HasProblems(actions=[(_("Take in a spreadsheet"), reverse("sheet_import"))])
    return render(request, "organisation/sheet_waiting.html", {"nav": "tree", "sheet": sheet, **would_do(plan)})


@require_safe
@may("sheet.import")
def sheet_template(request: HttpRequest) -> HttpResponse:
    return as_file(writing.template(), _("template"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@may("sheet.export")
def sheet_export(request: HttpRequest) -> HttpResponse:
    form = ExportForm(posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"] if form.cleaned_data["phones"] else ""
        content = writing.export(phones_because=reason, by=request.person)
        return as_file(content, f"{request.compound.slug}-{timezone.localdate():%Y-%m-%d}")
    return form_page(
        request,
        form,
        title=_("Export buildings, households and people"),
        text=_("A spreadsheet of the same form as the template. That you took it is written down."),
        back=(reverse("settings"), _("Settings")),
        button=_("Download"),
    )


urlpatterns = [
    path("settings/import/", sheet_import, name="sheet_import"),
    path("settings/import/template/", sheet_template, name="sheet_template"),
    path("settings/import/<int:pk>/", sheet_waiting, name="sheet_waiting"),
    path("settings/export/", sheet_export, name="sheet_export"),
]

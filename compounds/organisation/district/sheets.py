"""Buildings, doors and people of one compound from a spreadsheet, taken in by the district; as a branch does it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.spreadsheet import taking_in, writing
from compounds.organisation.spreadsheet.answers import as_file, problems_in, was_done, would_do
from compounds.organisation.spreadsheet.forms import UploadForm
from compounds.organisation.spreadsheet.guard import NotReadable
from compounds.registry.admin import compound_pages
from compounds.registry.admin.compound_pages import Page, Visit, address
from compounds.registry.context import compound_context

_TITLE = gettext_lazy("Buildings and households")
_PAGE = "organisation/district/sheet.html"


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Look through a spreadsheet; what is in order waits to be taken in."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    context = {"form": form, "template_url": address("rows_template", visit.compound.pk)}
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        with compound_context(visit.compound.schema_name):
            try:
                _plan, problems = taking_in.look(content)
            except NotReadable as error:
                form.add_error("file", error.context()["message"])
            else:
                if not problems:
                    sheet = taking_in.keep(content, file_name=file.name, now=timezone.now(), by=visit.by)
                    return redirect(address("rows_waiting", visit.compound.pk, sheet=sheet.pk))
                context |= problems_in(file.name, problems)
    return visit.answer(request, _PAGE, status=422 if request.method == "POST" else 200, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest, visit: Visit, sheet: int) -> HttpResponse:
    """What would be new and changed; POST takes it in."""
    again = address("rows", visit.compound.pk)
    with compound_context(visit.compound.schema_name):
        row = get_object_or_404(taking_in.waiting_for(visit.by), pk=sheet)
        if request.method == "POST":
            messages.success(request, was_done(taking_in.take_in(row, by=visit.by)))
            return redirect("admin:registry_compound_change", visit.compound.pk)
        plan, problems = taking_in.look(taking_in.waiting(row))
        if problems:
            raise taking_in.HasProblems(actions=[(_TITLE, again)])
        shown = {"sheet": row, "above": [(_TITLE, again)], **would_do(plan)}
        return visit.answer(request, "organisation/district/sheet_waiting.html", **shown)


@require_safe
def template(request: HttpRequest, visit: Visit) -> HttpResponse:
    return as_file(writing.template(), _("template"))


for _page in (
    Page("rows", _TITLE, "rows/", upload),
    Page("rows_waiting", gettext_lazy("Take it in?"), "rows/<int:sheet>/", waiting, listed=False),
    Page("rows_template", gettext_lazy("Template"), "rows/template/", template, enters=False, listed=False),
):
    compound_pages.register(_page)

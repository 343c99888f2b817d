"""Opening compounds: many at once from a spreadsheet, and how far those that are being opened have got."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.jobs.models import Run, RunState
from compounds.kernel.words import sentences
from compounds.organisation.district import compound_sheet, failures, opening
from compounds.organisation.district.compound_sheet import NewCompound
from compounds.organisation.spreadsheet.answers import as_file, problems_in
from compounds.organisation.spreadsheet.forms import UploadForm
from compounds.organisation.spreadsheet.guard import NotReadable
from compounds.organisation.spreadsheet.taking_in import HasProblems, TakenInAlready
from compounds.registry import names
from compounds.registry import opening as registry_opening
from compounds.registry.admin import list_pages
from compounds.registry.admin.list_pages import ListPage
from compounds.registry.models import Community, Compound, CompoundSheet, CompoundState, StaffLevel
from compounds.registry.opening import ComesFromFile

# How long a compound that has become ready is still shown beside those that are being opened.
_SHOWN = timedelta(hours=12)
_TITLE = gettext_lazy("Compounds from a spreadsheet")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, compounds: Any) -> HttpResponse:
    """Look through a spreadsheet; what is in order waits to be confirmed."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    context = list_pages.context(_TITLE, request) | {"form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found, problems = compound_sheet.look(file.read(), _communities(request, compounds))
        except NotReadable as error:
            form.add_error("file", error.context()["message"])
        else:
            if not problems:
                rows = [one.as_json() for one in found]
                name = file.name[-120:]
                sheet = CompoundSheet.objects.create(user_id=request.user.pk or 0, file_name=name, rows=rows)
                return redirect("admin:registry_compound_sheet", sheet.pk)
            context |= problems_in(file.name, problems)
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/district/compound_sheet.html", context, status=status)


@require_safe
def template(request: HttpRequest, compounds: Any) -> HttpResponse:
    return as_file(compound_sheet.template(), _("template for compounds"))


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest, compounds: Any, pk: int) -> HttpResponse:
    """What would be opened; POST opens it."""
    sheet = get_object_or_404(CompoundSheet, pk=pk, user=request.user)
    if sheet.confirmed_at:
        raise TakenInAlready(actions=[(_("How far they are"), reverse("admin:registry_compound_opening"))])
    found = [NewCompound(**row) for row in sheet.rows]
    communities = _communities(request, compounds)
    if request.method == "POST":
        _open_all(sheet, found, communities)
        said = ngettext("%(count)s compound is being opened.", "%(count)s compounds are being opened.", len(found))
        messages.success(request, said % {"count": len(found)})
        return redirect("admin:registry_compound_opening")
    called = dict(communities.values_list("pk", "name"))
    lines = [(one, called.get(one.community, "–")) for one in found]
    context = list_pages.context(_TITLE, request) | {"sheet": sheet, "lines": lines}
    return render(request, "organisation/district/compound_sheet_waiting.html", context)


@transaction.atomic
def _open_all(sheet: CompoundSheet, found: list[NewCompound], communities: Any) -> None:
    """Reserve all or none, in as many statements for two thousand as for two.

    Raises TakenInAlready, HasProblems, AddressTaken.
    """
    sheet = CompoundSheet.objects.select_for_update().get(pk=sheet.pk)
    again = [(_TITLE, reverse("admin:registry_compound_upload"))]
    if sheet.confirmed_at:
        raise TakenInAlready(actions=[(_("How far they are"), reverse("admin:registry_compound_opening"))])
    names.hold({one.community for one in found})
    if not compound_sheet.check_again(found, communities):
        raise HasProblems(actions=again)
    rows = [
        registry_opening.as_row(
            slug=one.slug,
            name=one.name,
            community_id=one.community,
            built_on=date.fromisoformat(one.built_on) if one.built_on else None,
        )
        for one in found
    ]
    opening.begin_each(registry_opening.reserve_each(rows))
    sheet.confirmed_at = timezone.now()
    sheet.save(update_fields=["confirmed_at", "updated_at"])


def _communities(request: HttpRequest, compounds: Any) -> Any:
    above = compounds.admin_site.get_model_admin(Community)
    return above.rows_inside(request, Community.objects.all(), level=StaffLevel.ADMINISTER)


@require_safe
def progress(request: HttpRequest, compounds: Any) -> HttpResponse:
    """What is being opened, and what became ready a short while ago."""
    recent = compounds.rows_inside(request, Compound.objects.all(), level=StaffLevel.ADMINISTER)
    recent = recent.exclude(state=CompoundState.ARCHIVED).select_related("community")
    recent = recent.filter(created_at__gt=timezone.now() - _SHOWN) | recent.filter(state=CompoundState.OPENING)
    rows = list(recent.order_by("-created_at", "name"))
    opened = {run.schema_name: run for run in Run.objects.filter(kind=opening.KIND, schema_name__in=_schemas(rows))}
    at_work = registry_opening.at_work(_schemas(rows))
    lines = [(row, *_how_far(row, opened.get(row.schema_name), row.schema_name in at_work)) for row in rows]
    # Whoever came to retry something wants it to stand first.
    lines.sort(key=lambda line: line[1] != "failed")
    context = list_pages.context(gettext_lazy("Compounds that are being opened"), request) | {
        "lines": lines,
        "ready": sum(state == "ready" for _row, state, _why, _line in lines),
        "going_on": any(state == "opening" for _row, state, _why, _line in lines),
    }
    return render(request, "organisation/district/opening.html", context)


def _schemas(rows: list[Compound]) -> list[str]:
    return [row.schema_name for row in rows]


def _how_far(compound: Compound, run: Run | None, at_work: bool) -> tuple[str, str, str]:  # noqa: FBT001
    """``ready``, ``opening`` or ``failed``, with the reason in words and in the system's."""
    if compound.state == CompoundState.READY:
        return "ready", "", ""
    if at_work:
        return "opening", "", ""
    if compound.comes_from_file:
        return "failed", sentences(ComesFromFile.message, ComesFromFile.hint), ""
    if run is None:
        return "failed", _("Nobody has asked for it to be made."), ""
    if run.state == RunState.FAILED or (run.state == RunState.QUEUED and run.error):
        return "failed", *failures.in_words(run)
    return "opening", "", ""


@require_POST
def try_again(request: HttpRequest, compounds: Any, pk: int) -> HttpResponse:
    compound = _mine(request, compounds, pk)
    opening.try_again(compound)
    messages.success(request, _("%(name)s is tried once more.") % {"name": compound.name})
    return redirect("admin:registry_compound_opening")


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, compounds: Any, pk: int) -> HttpResponse:
    compound = _mine(request, compounds, pk)
    back = reverse("admin:registry_compound_opening")
    if request.method == "POST":
        opening.discard(compound)
        messages.success(request, _("%(name)s is discarded, and its address is free.") % {"name": compound.name})
        return redirect(back)
    title = _("Discard %(name)s?") % {"name": compound.name}
    lines = [_("Nothing is in it yet. Its address becomes free, and it can be entered anew.")]
    context = list_pages.context(title, request) | {"lines": lines, "button": _("Yes, discard it"), "back": back}
    return render(request, "registry/admin/confirm.html", context)


def _mine(request: HttpRequest, compounds: Any, pk: int) -> Compound:
    rows = compounds.rows_inside(request, Compound.objects.all(), level=StaffLevel.ADMINISTER)
    compound: Compound = get_object_or_404(rows, pk=pk)
    return compound


list_pages.register_opener(opening.begin)
for _page in (
    ListPage("upload", _TITLE, "spreadsheet/", upload),
    ListPage("template", gettext_lazy("Template"), "spreadsheet/template/", template, listed=False),
    ListPage("sheet", _TITLE, "spreadsheet/<int:pk>/", waiting, listed=False),
    ListPage("opening", gettext_lazy("Being opened"), "opening/", progress),
    ListPage("opening_again", gettext_lazy("Try again"), "opening/<int:pk>/again/", try_again, listed=False),
    ListPage("opening_discard", gettext_lazy("Discard"), "opening/<int:pk>/discard/", discard, listed=False),
):
    list_pages.register(_page)

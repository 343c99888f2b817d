"""Scoring on paper: printing the pile, and keying sheets in, each by two people."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.kernel.request_log import unlogged
from compounds.organisation.models import Person
from compounds.organisation.policies import may
from consultation.documents import score_sheet
from consultation.errors import PaperCodeUnknown, PaperCountedAlready
from consultation.forms.scoring import WORDS, CodeForm, PaperForm, PileForm
from consultation.models import PaperSheet, ScoringRound
from consultation.services import scoring_paper
from consultation.services.scoring_paper import Keyed
from consultation.web.scoring import round_or_404


@require_safe
@may("scoring.key_paper")
def paper(request: HttpRequest, quarter: str) -> HttpResponse:
    """How far the pile is, a code to begin with, and what two people read differently."""
    return _page(request, round_or_404(quarter), code=CodeForm(), pile=PileForm())


@never_cache
@require_POST
@may("scoring.run")
def pile(request: HttpRequest, quarter: str) -> HttpResponse:
    """The sheets as one PDF, made for this answer only: their codes are on the paper and nowhere else."""
    row = round_or_404(quarter)
    form = PileForm(request.POST)
    if not form.is_valid():
        return _page(request, row, code=CodeForm(), pile=form)
    codes = scoring_paper.print_pile(row, form.cleaned_data["count"], today=timezone.localdate())
    made = score_sheet.make(score_sheet.content(row, codes, compound_name=request.compound.name))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="scoring-{row.label}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@unlogged
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@may("scoring.key_paper")
def entry(request: HttpRequest, quarter: str) -> HttpResponse:
    """Key one sheet in: first its code alone, then every line of it."""
    row = round_or_404(quarter)
    if request.method != "POST":
        return redirect("scoring_paper", quarter)
    code = CodeForm(request.POST)
    if not code.is_valid():
        return _page(request, row, code=code, pile=PileForm())
    try:
        sheet = scoring_paper.find(row, code.cleaned_data["code"])
    except (PaperCodeUnknown, PaperCountedAlready) as error:
        # Beside the field: whoever keys thirty sheets in mistypes one.
        code.add_error("code", error.context()["message"])
        return _page(request, row, code=code, pile=PileForm())
    subjects = list(row.subjects.select_related("person"))
    has_lines = any(name.startswith("given_") for name in request.POST)
    sent = request.POST if has_lines or "keyed" in request.POST else None
    form = PaperForm(sent, subjects=subjects, initial=_begun(sheet, code))
    if not form.is_bound or not form.is_valid():
        return _entry_page(request, row, sheet, form)
    outcome = scoring_paper.key(sheet, form.lines, today=timezone.localdate(), by=request.person)
    if outcome == Keyed.DIFFERS:
        again = PaperForm(subjects=subjects, initial=_begun(sheet, code))
        return _entry_page(request, row, sheet, again, differs=True)
    said = {
        Keyed.WAITS: _("Kept. It counts once somebody else has keyed in the same."),
        Keyed.COUNTED: _("Both agree: the sheet is counted, and what was keyed in is deleted. Keep the paper."),
    }
    messages.success(request, said[outcome])
    return redirect("scoring_paper", quarter)


def _begun(sheet: PaperSheet, code: CodeForm) -> dict[str, Any]:
    """Where two read it differently, what they agree on is filled in; the other lines are read anew."""
    return {"code": code.cleaned_data["code"], **PaperForm.filled_in(scoring_paper.read_alike(sheet))}


def _page(request: HttpRequest, row: ScoringRound, *, code: CodeForm, pile: PileForm) -> HttpResponse:
    sheets = row.paper_sheets.exclude(keyed={})
    context = {
        "nav": "board",
        "scoring": row,
        "takes_scores": row.takes_scores(timezone.localdate()),
        "code": code,
        "pile": pile,
        "printed": row.paper_sheets.count(),
        "taken": scoring_paper.taken(row),
        "counted": scoring_paper.counted(row),
        **_waiting(list(sheets), request.person),
    }
    status = 422 if code.errors or pile.errors else 200
    return render(request, "consultation/scoring_paper.html", context, status=status)


def _waiting(sheets: list[PaperSheet], person: Person) -> dict[str, int]:
    """How many wait for a second person, for somebody other than this one, and how many two read differently."""
    keyed = [sheet.keyed for sheet in sheets]
    once = [by for by in keyed if len(by) == 1]
    return {
        "for_me": sum(str(person.pk) not in by for by in once),
        "for_others": sum(str(person.pk) in by for by in once),
        "differing": len(keyed) - len(once),
    }


def _entry_page(
    request: HttpRequest, row: ScoringRound, sheet: PaperSheet, form: PaperForm, *, differs: bool = False
) -> HttpResponse:
    names = {subject.pk: str(subject) for subject in form.subjects}
    context: dict[str, Any] = {
        "nav": "board",
        "scoring": row,
        "form": form,
        "differences": [
            (names[one.subject], [WORDS[value] for value in one.values]) for one in scoring_paper.differences(sheet)
        ],
    }
    status = 409 if differs else 422 if form.errors else 200
    return render(request, "consultation/scoring_entry.html", context, status=status)


urlpatterns = [
    path("scoring/<quarter:quarter>/paper/", paper, name="scoring_paper"),
    path("scoring/<quarter:quarter>/paper/pile/", pile, name="scoring_pile"),
    path("scoring/<quarter:quarter>/paper/entry/", entry, name="scoring_entry"),
]

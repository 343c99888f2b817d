"""A posted result: for everybody on the board, corrected by the secretary, and objections to it answered."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compounds.organisation.door import open_to_all
from compounds.organisation.policies import may
from consultation.errors import NothingPosted
from consultation.forms.scoring import CorrectionForm, ObjectionAnswerForm
from consultation.models import RoundState, ScoringRound
from consultation.scoring_words import method
from consultation.services import scoring_results
from consultation.standings import postings_of, standings, uncorrected, winners
from consultation.web.form_page import sent
from consultation.web.scoring import round_or_404
from notices.models import Objection


@open_to_all
@require_safe
def board_scoring(request: HttpRequest, quarter: str) -> HttpResponse:
    """What everybody may read of a result: winners, averages, how it was calculated, and what is open to objections."""
    row = round_or_404(quarter)
    if row.state not in {RoundState.POSTED, RoundState.AWARDED}:
        raise Http404
    found = standings(row)
    today = timezone.localdate()
    context = {
        "nav": "board",
        "scoring": row,
        "scorers": row.scorers.count(),
        "found": found,
        "winners": winners(found),
        "awards": row.awards.select_related("person"),
        "method": method(row, found),
        "corrections": row.corrections.select_related("by"),
        "hanging": [posting for posting in postings_of(row) if posting.starts_on <= today <= posting.ends_on],
    }
    response = render(request, "consultation/board_scoring.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@may("scoring.correct")
def correction(request: HttpRequest, quarter: str) -> HttpResponse:
    """Sign a correction; the corrected result is put up."""
    row = round_or_404(quarter)
    if row.state != RoundState.POSTED:
        raise NothingPosted
    form = CorrectionForm(*sent(request), subjects=row.subjects.select_related("person"))
    if request.method == "POST" and form.is_valid():
        made = scoring_results.correct(row, **form.cleaned_data, today=timezone.localdate(), by=request.person)
        messages.success(request, _("Signed. The corrected result hangs now; tick each place once it hangs there."))
        return redirect("posting", made.posting_id)
    context = {"nav": "board", "scoring": row, "form": form, "objection": uncorrected(row).first()}
    return render(request, "consultation/scoring_correction.html", context, status=422 if form.is_bound else 200)


def answer_objection(request: HttpRequest, objection: Objection, row: ScoringRound) -> HttpResponse:
    """The page of one objection to a result. The view that calls it has asked whether one may."""
    form = ObjectionAnswerForm(*sent(request))
    if request.method != "POST" or not form.is_valid():
        left = (objection.due_on - timezone.localdate()).days
        context = {"nav": "board", "objection": objection, "scoring": row, "form": form, "left": left}
        status = 422 if form.is_bound else 200
        return render(request, "consultation/scoring_objection.html", context, status=status)
    answer = form.cleaned_data["answer"]
    if form.cleaned_data["verdict"] == ObjectionAnswerForm.UPHOLD:
        scoring_results.uphold(objection, answer=answer, by=request.person)
        messages.success(request, _("Upheld. The award waits until the secretary has signed a correction."))
    else:
        scoring_results.dismiss(objection, answer=answer, by=request.person)
        messages.success(request, _("Dismissed. Whoever objected reads the reason by their code."))
    return redirect(row)


urlpatterns = [
    path("board/scoring/<quarter:quarter>/", board_scoring, name="board_scoring"),
    path("scoring/<quarter:quarter>/correction/", correction, name="scoring_correction"),
]

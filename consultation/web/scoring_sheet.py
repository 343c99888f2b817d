"""Filling in a score sheet, card by card, as a member or by a one-time link. Nothing is kept before it is handed in.

No request to these pages leaves a line in the log: it would say when somebody scored (docs/adr/0020).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from compounds.kernel import elder
from compounds.kernel.request_log import unlogged
from compounds.organisation.door import open_to_all
from compounds.organisation.policies import may
from compounds.registry import limits
from consultation.errors import NotAScorer, TooManyTaps
from consultation.forms.scoring import ABSTAIN, SCORES, Sheet
from consultation.models import Scorer
from consultation.services import scoring
from consultation.web.scoring import round_or_404

# Taps on one link within an hour, from whoever has it: a sheet takes one a card.
_TAPS_AN_HOUR = 300


@unlogged
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@may("scoring.score")
def sheet(request: HttpRequest, quarter: str) -> HttpResponse:
    """A signed-in scorer's sheet."""
    scorer = _own(request, quarter)
    if scorer.scored:
        return redirect("scoring_thanks", quarter)
    scoring.require_may_score(scorer, timezone.localdate())
    return _fill_in(request, scorer, base="kernel/compound.html") or redirect("scoring_thanks", quarter)


@unlogged
@never_cache
@require_safe
@may("scoring.score")
def thanks(request: HttpRequest, quarter: str) -> HttpResponse:
    """After handing in."""
    scorer = _own(request, quarter)
    if not scorer.scored:
        return redirect("scoring_sheet", quarter)
    context = {"base": "kernel/compound.html", "nav": "my_day", "scoring": scorer.round, "scorer": scorer}
    return render(request, "consultation/scoring_thanks.html", context)


@unlogged
@never_cache
@sensitive_post_parameters()
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def score_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A scorer without a login. GET changes nothing: chat programs fetch links first, and people forward them."""
    scorer = scoring.find_by_link(token)
    elder.begin_large(request)
    if scorer.scored:
        context = {"base": "kernel/base.html", "scoring": scorer.round, "scorer": scorer, "by_link": True}
        return _aside(render(request, "consultation/scoring_thanks.html", context))
    scoring.require_may_score(scorer, timezone.localdate())
    if request.method == "POST":
        limits.count("scoring", limits.hidden(token), most=_TAPS_AN_HOUR, error=TooManyTaps())
    page = _fill_in(request, scorer, base="kernel/base.html")
    return _aside(page or redirect("score_by_link", token))


@sensitive_variables()
def _fill_in(request: HttpRequest, scorer: Scorer, **context: object) -> HttpResponse | None:
    """The card at hand, the start or the check; None once the sheet was handed in."""
    subjects = scoring.subjects_for(scorer)
    filled = Sheet(subjects, request.POST if request.method == "POST" else {})
    if filled.wants_to_send and filled.is_complete:
        scoring.submit(scorer, filled.given, today=timezone.localdate())
        return None
    shown = {
        "nav": "board",
        "scoring": scorer.round,
        "scorer": scorer,
        "sheet": filled,
        "card": filled.card,
        "count": len(subjects),
        "scores": SCORES,
        "abstain": ABSTAIN,
        **context,
    }
    template = "card" if filled.card else "check" if filled.is_begun else "start"
    return render(request, f"consultation/scoring_{template}.html", shown)


def _own(request: HttpRequest, quarter: str) -> Scorer:
    """Raises NotAScorer."""
    row = round_or_404(quarter)
    scorer = row.scorers.select_related("round", "person").filter(person=request.person).first()
    if scorer is None:
        raise NotAScorer
    return scorer


def _aside(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("scoring/<quarter:quarter>/sheet/", sheet, name="scoring_sheet"),
    path("scoring/<quarter:quarter>/thanks/", thanks, name="scoring_thanks"),
    path("score/<str:token>/", score_by_link, name="score_by_link"),
]

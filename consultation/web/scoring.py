"""Quarterly scoring: the rounds, one round's page and story, and for the branch who has scored and who is skipped."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.accounts.qr import qr_svg
from compounds.organisation.policies import allows, may
from consultation import scoring_story
from consultation.forms.scoring import ScoringSettingsForm
from consultation.models import ConsultationSettings, RoundState, Scorer, ScoringRound
from consultation.scoring_words import method
from consultation.services import scoring, scoring_paper, settings
from consultation.standings import own, standings, uncorrected, winners


def round_or_404(label: str) -> ScoringRound:
    year, quarter = label.split("-Q")
    rows = ScoringRound.objects.select_related("posting", "noted_by")
    return get_object_or_404(rows, year=int(year), quarter=int(quarter))


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All quarters, the latest first, with who won."""
    rows = ScoringRound.objects.prefetch_related("awards__person").annotate(drawn=Count("scorers"))
    # Grouped rows lose the model's own order.
    rows = rows.order_by("-year", "-quarter")
    return render(request, "consultation/scoring_rounds.html", {"nav": "board", "rounds": rows})


@require_safe
def one_round(request: HttpRequest, quarter: str) -> HttpResponse:
    """Where one quarter's scoring stands: for a scorer what to do, later what was found, for the branch the order."""
    row = round_or_404(quarter)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "nav": "board",
        "scoring": row,
        "today": today,
        "takes_scores": row.takes_scores(today),
        "scorer": row.scorers.filter(person=request.person).first() if request.person else None,
        "events": scoring_story.story(row),
        "waiting_corrections": uncorrected(row) if allows("scoring.correct", request.person) else (),
        **_how_far(row),
    }
    if row.frozen_at:
        found = standings(row)
        context |= {
            "found": found,
            "winners": winners(found) if row.state in {RoundState.POSTED, RoundState.AWARDED} else (),
            "own": own(found, request.person),
            "order": found.people if allows("scoring.see_order", request.person) else (),
            "method": method(row, found),
        }
    return render(request, "consultation/scoring_round.html", context)


def _how_far(row: ScoringRound) -> dict[str, int]:
    """How many may score, and how many have: that somebody scored is no secret, what they gave is."""
    counts = row.scorers.aggregate(drawn=Count("pk"), on_screen=Count("pk", filter=Q(scored=True)))
    on_paper = scoring_paper.counted(row)
    return counts | {"on_paper": on_paper, "done": counts["on_screen"] + on_paper}


@require_safe
@may("scoring.run")
def scorers(request: HttpRequest, quarter: str) -> HttpResponse:
    """Who may score, who has, who took paper; for the branch, which sees to it that everybody can."""
    row = round_or_404(quarter)
    people = list(row.scorers.select_related("person"))
    context = {
        "nav": "board",
        "scoring": row,
        "takes_scores": row.takes_scores(timezone.localdate()),
        "waiting": [one for one in people if not one.scored and not one.took_paper],
        "with_paper": [one for one in people if one.took_paper],
        "on_screen": [one for one in people if one.scored],
        "drawn": len(people),
    }
    return render(request, "consultation/scoring_scorers.html", context)


@never_cache
@require_POST
@may("scoring.make_link")
def link(request: HttpRequest, quarter: str, pk: int) -> HttpResponse:
    """A new one-time link for one scorer. It is known in this answer only: of its token just a hash is kept."""
    scorer = _scorer_or_404(quarter, pk)
    token = scoring.make_link(scorer, today=timezone.localdate(), by=request.person)
    address = request.build_absolute_uri(reverse("score_by_link", args=[token]))
    context = {"nav": "board", "scoring": scorer.round, "scorer": scorer, "link": address, "qr": qr_svg(address)}
    return render(request, "consultation/scoring_link.html", context)


@require_POST
@may("scoring.hand_out_paper")
def paper_taken(request: HttpRequest, quarter: str, pk: int) -> HttpResponse:
    """Tick that a scorer took a sheet, or gave it back empty."""
    scorer = _scorer_or_404(quarter, pk)
    today = timezone.localdate()
    if request.POST.get("back"):
        scoring_paper.give_back(scorer, today=today)
        messages.success(request, _("%(name)s may score on screen again.") % {"name": scorer})
    else:
        scoring_paper.take(scorer, today=today)
        messages.success(request, _("%(name)s scores on paper.") % {"name": scorer})
    return redirect("scoring_scorers", quarter)


@require_POST
@may("scoring.note")
def note(request: HttpRequest, quarter: str) -> HttpResponse:
    """The branch has read that this quarter is skipped."""
    row = round_or_404(quarter)
    scoring.note(row, by=request.person)
    return redirect(row)


@require_http_methods(["GET", "HEAD", "POST"])
@may("settings.scoring")
def settings_scoring(request: HttpRequest) -> HttpResponse:
    row = get_object_or_404(ConsultationSettings)
    seen = row.updated_at
    form = ScoringSettingsForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_bound and form.is_valid():
        settings.change_scoring(seen=seen, **form.cleaned_data, by=request.person)
        messages.success(request, _("Set for the rounds that open from now on."))
        return redirect("settings_scoring")
    context = {"nav": "tree", "form": form}
    return render(request, "consultation/scoring_settings.html", context, status=422 if form.is_bound else 200)


def _scorer_or_404(quarter: str, pk: int) -> Scorer:
    return get_object_or_404(Scorer.objects.select_related("round", "person"), round=round_or_404(quarter), pk=pk)


urlpatterns = [
    path("scoring/", rounds, name="scoring_rounds"),
    path("scoring/<quarter:quarter>/", one_round, name="scoring_round"),
    path("scoring/<quarter:quarter>/scorers/", scorers, name="scoring_scorers"),
    path("scoring/<quarter:quarter>/scorers/<int:pk>/link/", link, name="scoring_link"),
    path("scoring/<quarter:quarter>/scorers/<int:pk>/paper/", paper_taken, name="scoring_paper_taken"),
    path("scoring/<quarter:quarter>/note/", note, name="scoring_note"),
    path("settings/scoring/", settings_scoring, name="settings_scoring"),
]

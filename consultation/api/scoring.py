"""Quarterly scoring for partners: what was posted, as everybody reads it. The full order is the branch's only."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django_filters import ChoiceFilter
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.organisation.api import CompoundApiView
from compounds.partners.filtering import Filters, KeyFilter
from compounds.partners.listing import page_of
from compounds.partners.paging import PageQuery
from compounds.partners.scopes import Scope
from consultation.models import RoundState, ScoringRound
from consultation.models.scoring import ScoringRoundQuerySet
from consultation.standings import Standing, standings, winners

_TAG = "Scoring"
POSTED = [(one.value, one.label) for one in (RoundState.POSTED, RoundState.AWARDED)]
_ROUND = {
    "quarter": "2026-Q1",
    "state": "awarded",
    "scored_from": "2026-04-01",
    "scored_until": "2026-04-10",
    "sheets": 23,
    "posting": 58,
    "awarded_at": "2026-04-20T17:00:00Z",
}
_LINE = {"scores": 21, "mean": 4.52, "corrected": False}
_RESULT = _ROUND | {
    "scorers": 26,
    "fewest_scores": 5,
    "procedure": _LINE,
    "feedback": _LINE | {"mean": 4.1},
    "winners": [{"name": "王建国", "scores": 19, "fair_mean": 4.71}],
    "corrections": [{"at": "2026-04-14T02:00:00Z", "reason": "漏计一张纸质表，已补计。"}],
}


class RoundOut(serializers.Serializer[Any]):
    """One quarter whose result was posted."""

    quarter = serializers.CharField()
    state = serializers.ChoiceField(POSTED)
    scored_from = serializers.DateField()
    scored_until = serializers.DateField()
    sheets = serializers.IntegerField(help_text="How many scored, on screen and on paper.")
    posting = serializers.IntegerField(help_text="The first posting of the result.")
    awarded_at = serializers.DateTimeField(allow_null=True)


class LineOut(serializers.Serializer[Any]):
    """How consultation was run, or how results were fed back."""

    scores = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True, help_text="null with fewer scores than a result needs.")
    corrected = serializers.BooleanField()


class WinnerOut(serializers.Serializer[Any]):
    """Who satisfied most, by the name that was posted."""

    name = serializers.CharField()
    scores = serializers.IntegerField()
    fair_mean = serializers.FloatField(help_text="Drawn towards the mean of all, the more the fewer scores there are.")


class CorrectionOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    reason = serializers.CharField()


@extend_schema_serializer(examples=[OpenApiExample("Example", _ROUND, response_only=True, status_codes=["200"])])
class RoundListed(RoundOut):
    """One quarter in the list."""


@extend_schema_serializer(examples=[OpenApiExample("Example", _RESULT, response_only=True, status_codes=["200"])])
class ResultOut(RoundOut):
    """One quarter's result as it stands today, with corrections put in their place."""

    scorers = serializers.IntegerField(help_text="How many were asked to score.")
    fewest_scores = serializers.IntegerField(help_text="How many scores a result needs.")
    procedure = LineOut()
    feedback = LineOut()
    winners = WinnerOut(many=True)
    corrections = CorrectionOut(many=True)


class RoundFilters(Filters):
    """Which quarters."""

    year = KeyFilter()
    state = ChoiceFilter(choices=POSTED)

    class Meta:
        model = ScoringRound
        fields = ["year", "state"]


class ScoringResults(CompoundApiView):
    """The quarters whose result was posted, the newest first."""

    scopes = {"GET": Scope.SCORING_READ}
    query_shape, filterset_class = PageQuery, RoundFilters
    tag = _TAG

    @extend_schema(operation_id="scoring_results", summary="Quarters scored", responses=RoundListed(many=True))
    def get(self, request: Request) -> Response:
        page = page_of(self, request, _posted())
        return Response([_round(row) for row in page.rows], headers=page.headers)


class OneScoringResult(CompoundApiView):
    """One quarter's result."""

    scopes = {"GET": Scope.SCORING_READ}
    has_etag = True
    tag = _TAG

    @extend_schema(operation_id="scoring_result", summary="What a quarter's scoring found", responses=ResultOut)
    def get(self, request: Request, quarter: str) -> Response:
        year, _q, number = quarter.partition("-Q")
        row = get_object_or_404(_posted(), year=int(year), quarter=int(number))
        found = standings(row)
        result = {
            "scorers": row.scorers.count(),
            "fewest_scores": row.fewest_scores,
            "procedure": _line(found.procedure),
            "feedback": _line(found.feedback),
            "winners": [
                {"name": one.name, "scores": one.scores, "fair_mean": _number(one.fair_mean)} for one in winners(found)
            ],
            "corrections": [{"at": one.at, "reason": one.reason} for one in row.corrections.all()],
        }
        return self.one(_round(row) | result)


def _posted() -> ScoringRoundQuerySet:
    return ScoringRound.objects.filter(state__in=[RoundState.POSTED, RoundState.AWARDED])


def _round(row: ScoringRound) -> dict[str, Any]:
    return {
        "quarter": row.label,
        "state": row.state,
        "scored_from": row.opened_on,
        "scored_until": row.closes_on,
        "sheets": row.sheets,
        "posting": row.posting_id,
        "awarded_at": row.awarded_at,
    }


def _line(one: Standing) -> dict[str, Any]:
    return {"scores": one.scores, "mean": _number(one.mean), "corrected": one.corrected}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


urlpatterns = [
    path("scoring-results/", ScoringResults.as_view(), name="scoring_results"),
    path("scoring-results/<quarter:quarter>/", OneScoringResult.as_view(), name="scoring_result"),
]

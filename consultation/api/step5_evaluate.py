"""Step 5 for partners: what households think of the result. Numbers only, never who said what."""

from django.db.models import Avg, Count
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.organisation.api import CompoundApiView
from compounds.partners.scopes import Scope
from consultation.api import showing
from consultation.api.sight import issues_for


class Evaluation(CompoundApiView):
    """The counted ratings of one matter, and how it ended."""

    scopes = {"GET": Scope.ISSUES_READ}
    has_etag = True
    tag = "5 Evaluate"

    @extend_schema(
        operation_id="issue_evaluation", summary="What households think of it", responses=showing.EvaluationOut
    )
    def get(self, request: Request, number: str) -> Response:
        issue = get_object_or_404(issues_for(self.caller), number=number)
        counted = issue.ratings.aggregate(mean=Avg("stars"), count=Count("pk"))
        return self.one(
            {
                "ratings": counted["count"],
                "mean": None if counted["mean"] is None else round(float(counted["mean"]), 2),
                "outcome": issue.outcome or None,
                "closed_at": issue.closed_at,
            }
        )


urlpatterns = [path("issues/<issue:number>/evaluation/", Evaluation.as_view(), name="issue_evaluation")]

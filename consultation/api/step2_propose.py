"""Step 2 for partners: the published editions of the issue list."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.organisation.api import Caller, CompoundApiView
from compounds.partners.listing import page_of
from compounds.partners.paging import FollowQuery
from compounds.partners.scopes import Scope
from consultation.api import showing
from consultation.api.sight import issues_for
from consultation.models import IssueList, ListEntry
from consultation.models.step2_propose import IssueListQuerySet


class IssueLists(CompoundApiView):
    """Editions that were published, the newest first."""

    scopes = {"GET": Scope.ISSUES_READ}
    query_shape = FollowQuery
    tag = "2 Propose"

    @extend_schema(
        operation_id="issue_lists", summary="Published issue lists", responses=showing.IssueListOut(many=True)
    )
    def get(self, request: Request) -> Response:
        page = page_of(self, request, _published(self.caller))
        return Response([_shown(row) for row in page.rows], headers=page.headers)


class OneIssueList(CompoundApiView):
    """One edition."""

    scopes = {"GET": Scope.ISSUES_READ}
    has_etag = True
    tag = "2 Propose"

    @extend_schema(operation_id="issue_list", summary="One issue list", responses=showing.IssueListOut)
    def get(self, request: Request, edition: int) -> Response:
        return self.one(_shown(get_object_or_404(_published(self.caller), edition=edition)))


def _published(caller: Caller) -> IssueListQuerySet:
    entries = ListEntry.objects.filter(issue__in=issues_for(caller)).select_related("issue")
    return IssueList.objects.published().prefetch_related(Prefetch("entries", queryset=entries, to_attr="told"))


def _shown(row: IssueList) -> showing.Data:
    told: list[ListEntry] = row.told  # type: ignore[attr-defined]
    return {
        "edition": row.edition,
        "published_at": row.published_at,
        "entries": [{"rank": one.rank, "issue": one.issue.number, "title": one.issue.title} for one in told],
    }


urlpatterns = [
    path("issue-lists/", IssueLists.as_view(), name="issue_lists"),
    path("issue-lists/<int:edition>/", OneIssueList.as_view(), name="issue_list"),
]

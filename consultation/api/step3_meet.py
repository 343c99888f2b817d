"""Step 3 for partners: meetings, their agendas and what was decided. Never who sat there."""

from django.db.models import Prefetch, QuerySet
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
from consultation.models import AgendaItem, Meeting


class Meetings(CompoundApiView):
    """Meetings, the newest first."""

    scopes = {"GET": Scope.ISSUES_READ}
    query_shape = FollowQuery
    tag = "3 Meet"

    @extend_schema(operation_id="meetings", summary="Meetings and decisions", responses=showing.MeetingOut(many=True))
    def get(self, request: Request) -> Response:
        page = page_of(self, request, _meetings(self.caller))
        return Response([_shown(row) for row in page.rows], headers=page.headers)


class OneMeeting(CompoundApiView):
    """One meeting."""

    scopes = {"GET": Scope.ISSUES_READ}
    has_etag = True
    tag = "3 Meet"

    @extend_schema(operation_id="meeting", summary="One meeting", responses=showing.MeetingOut)
    def get(self, request: Request, number: int) -> Response:
        return self.one(_shown(get_object_or_404(_meetings(self.caller), number=number)))


def _meetings(caller: Caller) -> QuerySet[Meeting]:
    items = AgendaItem.objects.filter(issue__in=issues_for(caller)).select_related("issue", "decision__body")
    return Meeting.objects.select_related("minutes").prefetch_related(Prefetch("items", items, to_attr="told"))


def _shown(row: Meeting) -> showing.Data:
    told: list[AgendaItem] = row.told  # type: ignore[attr-defined]
    minutes = getattr(row, "minutes", None)
    issued = minutes.issued_at if minutes else None
    return {
        "number": row.number,
        "starts_at": row.starts_at,
        "venue": row.venue,
        "cancelled": row.cancelled_at is not None,
        "minutes_issued_at": issued,
        "agenda": [item.issue.number for item in told],
        # Decisions bind, and are told, from the moment the minutes are issued.
        "decisions": [_decided(item) for item in told if issued and hasattr(item, "decision")],
    }


def _decided(item: AgendaItem) -> showing.Data:
    decision = item.decision
    return {
        "issue": item.issue.number,
        "outcome": decision.outcome,
        "text": decision.text,
        "body": {"kind": decision.body.kind, "name": decision.body.name} if decision.body else None,
        "due_on": decision.due_on,
    }


urlpatterns = [
    path("meetings/", Meetings.as_view(), name="meetings"),
    path("meetings/<int:number>/", OneMeeting.as_view(), name="meeting"),
]

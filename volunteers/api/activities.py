"""Activities through the API: those that everybody may read of; for a member all of them. Never who comes."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django_filters import ChoiceFilter
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.organisation.api import Caller, CompoundApiView
from compounds.partners.filtering import DayFilter, Filters
from compounds.partners.listing import page_of
from compounds.partners.paging import FollowQuery
from compounds.partners.scopes import Scope
from compounds.photos import api as photos
from volunteers.models import Activity, ActivityKind, ActivityState
from volunteers.selectors.activities import with_where

_TAG = "Activities"
_EXAMPLE = {
    "id": 8,
    "kind": "clinic",
    "title": "义诊进小区",
    "text": "量血压、测血糖，不用预约。",
    "programme": "邻里医家亲",
    "team": "和谐小分队",
    "partner": "区中医院",
    "venue": "党群服务站",
    "place": None,
    "starts_at": "2026-03-14T01:00:00Z",
    "ends_at": "2026-03-14T03:30:00Z",
    "sign_up_until": "2026-03-13T10:00:00Z",
    "state": "held",
    "moved_at": None,
    "cancelled_at": None,
    "cancelled_why": None,
    "people_served": 46,
    "elderly_served": 31,
    "summary": "来了四十六位邻居。",
    "photos": [photos.EXAMPLE],
    "updated_at": "2026-03-14T04:00:00Z",
}


@extend_schema_serializer(examples=[OpenApiExample("Example", _EXAMPLE, response_only=True, status_codes=["200"])])
class ActivityOut(serializers.Serializer[Any]):
    """One activity: planned, then held with what came of it, or cancelled with a reason."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(ActivityKind.choices)
    title = serializers.CharField()
    text = serializers.CharField(allow_null=True)
    programme = serializers.CharField(allow_null=True)
    team = serializers.CharField(allow_null=True)
    partner = serializers.CharField(allow_null=True, help_text="The organisation with which it is held.")
    venue = serializers.CharField(allow_null=True)
    place = serializers.CharField(allow_null=True, help_text="In words, where it is at no venue.")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    sign_up_until = serializers.DateTimeField()
    state = serializers.ChoiceField(ActivityState.choices)
    moved_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancelled_why = serializers.CharField(allow_null=True)
    people_served = serializers.IntegerField(allow_null=True)
    elderly_served = serializers.IntegerField(allow_null=True)
    summary = serializers.CharField(allow_null=True)
    photos = photos.PhotoOut(many=True)
    updated_at = serializers.DateTimeField()


class ActivityFilters(Filters):
    """Which activities."""

    kind = ChoiceFilter(choices=ActivityKind.choices)
    state = ChoiceFilter(choices=ActivityState.choices)
    starts_from = DayFilter(field_name="starts_at__date", lookup_expr="gte", help_text="The first day.")
    starts_until = DayFilter(field_name="starts_at__date", lookup_expr="lte", help_text="The last day.")

    class Meta:
        model = Activity
        fields = ["kind", "state"]


class Activities(CompoundApiView):
    """Activities, the latest plan first."""

    scopes = {"GET": Scope.ACTIVITIES_READ}
    query_shape, filterset_class = FollowQuery, ActivityFilters
    tag = _TAG

    @extend_schema(
        operation_id="activities", summary="List activities, or follow them", responses=ActivityOut(many=True)
    )
    def get(self, request: Request) -> Response:
        page = page_of(self, request, activities_for(self.caller))
        return Response([_shown(request, row) for row in page.rows], headers=page.headers)


class OneActivity(CompoundApiView):
    """One activity."""

    scopes = {"GET": Scope.ACTIVITIES_READ}
    has_etag = True
    tag = _TAG

    @extend_schema(operation_id="activity", summary="Read an activity", responses=ActivityOut)
    def get(self, request: Request, pk: int) -> Response:
        return self.one(_shown(request, get_object_or_404(activities_for(self.caller), pk=pk)))


class ActivityPhoto(CompoundApiView):
    """A photo of an activity."""

    scopes = {"GET": Scope.ACTIVITIES_READ}
    tag = _TAG

    @photos.documented("activity_photo")
    def get(self, request: Request, pk: int, photo: UUID, size: str) -> FileResponse:
        get_object_or_404(activities_for(self.caller), pk=pk, photos__contains=[photo])
        return photos.picture(photo, size)


def activities_for(caller: Caller) -> QuerySet[Activity]:
    """A system reads those on the public board, a member all."""
    rows = Activity.objects.in_public() if caller.is_partner else Activity.objects.all()
    return with_where(rows).select_related("partner")


def _shown(request: Request, row: Activity) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "title": row.title,
        "text": row.text or None,
        **{name: _name(getattr(row, name)) for name in ("programme", "team", "partner", "venue")},
        "place": row.place or None,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "sign_up_until": row.sign_up_until,
        "state": row.state,
        "moved_at": row.moved_at,
        "cancelled_at": row.cancelled_at,
        "cancelled_why": row.cancelled_why or None,
        "people_served": row.people_served,
        "elderly_served": row.elderly_served,
        "summary": row.summary or None,
        "photos": [photos.shown(request, key, at="api:activity_photo", args=[row.pk]) for key in row.photos],
        "updated_at": row.updated_at,
    }


def _name(row: Any) -> str | None:
    return row.name if row else None


urlpatterns = [
    path("activities/", Activities.as_view(), name="activities"),
    path("activities/<int:pk>/", OneActivity.as_view(), name="activity"),
    path("activities/<int:pk>/photos/<uuid:photo>/<slug:size>/", ActivityPhoto.as_view(), name="activity_photo"),
]

"""Notices through the API: what everybody may read; for a member also what is for them. Drafts never."""

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
from compounds.partners.listing import page_of
from compounds.partners.paging import FollowQuery
from compounds.partners.scopes import Scope
from compounds.photos import api as photos
from notices.api.hanging import HangingFilters
from notices.models import Notice, NoticeKind, NoticeState, Target
from notices.publishing import readers

_TAG = "Notices"
TOLD = [(one.value, one.label) for one in (NoticeState.PUBLISHED, NoticeState.WITHDRAWN)]
_EXAMPLE = {
    "id": 12,
    "kind": "law",
    "title": "电动车不进楼",
    "text": "电动车和电池请停放到地面车棚充电。",
    "chart": None,
    "title_en": "E-bikes stay outside",
    "text_en": "Please park and charge e-bikes in the sheds.",
    "target": "buildings",
    "places": ["3栋"],
    "state": "published",
    "starts_on": "2026-03-06",
    "ends_on": "2026-03-31",
    "published_at": "2026-03-06T02:00:00Z",
    "withdrawn_at": None,
    "withdrawn_why": None,
    "replaces": None,
    "posting": 31,
    "photos": [photos.EXAMPLE],
    "updated_at": "2026-03-06T02:00:00Z",
}


@extend_schema_serializer(examples=[OpenApiExample("Example", _EXAMPLE, response_only=True, status_codes=["200"])])
class NoticeOut(serializers.Serializer[Any]):
    """One notice. Published, its words stay as they are; it ends by its period, or is withdrawn with a reason."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(NoticeKind.choices)
    title = serializers.CharField()
    text = serializers.CharField()
    chart = serializers.CharField(allow_null=True, help_text="Lines of a label and a figure each.")
    title_en = serializers.CharField(allow_null=True)
    text_en = serializers.CharField(allow_null=True)
    target = serializers.ChoiceField(Target.choices)
    places = serializers.ListField(child=serializers.CharField(), help_text="The buildings or entrances it is for.")
    state = serializers.ChoiceField(TOLD)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    published_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_why = serializers.CharField(allow_null=True, help_text="null also where a newer one took its place.")
    replaces = serializers.IntegerField(allow_null=True, help_text="The notice whose place it took.")
    posting = serializers.IntegerField(allow_null=True, help_text="null where it is for the holders of a post.")
    photos = photos.PhotoOut(many=True)
    updated_at = serializers.DateTimeField()


class NoticeFilters(HangingFilters):
    """Which notices."""

    kind = ChoiceFilter(choices=NoticeKind.choices)

    class Meta:
        model = Notice
        fields = ["kind"]


class Notices(CompoundApiView):
    """What was published, the newest first."""

    scopes = {"GET": Scope.NOTICES_READ}
    query_shape, filterset_class = FollowQuery, NoticeFilters
    tag = _TAG

    @extend_schema(operation_id="notices", summary="List notices, or follow them", responses=NoticeOut(many=True))
    def get(self, request: Request) -> Response:
        page = page_of(self, request, notices_for(self.caller))
        return Response(_shown(request, page.rows), headers=page.headers)


class OneNotice(CompoundApiView):
    """One notice."""

    scopes = {"GET": Scope.NOTICES_READ}
    has_etag = True
    tag = _TAG

    @extend_schema(operation_id="notice", summary="Read a notice", responses=NoticeOut)
    def get(self, request: Request, pk: int) -> Response:
        return self.one(_shown(request, [get_object_or_404(notices_for(self.caller), pk=pk)])[0])


class NoticePhoto(CompoundApiView):
    """A photo of a notice."""

    scopes = {"GET": Scope.NOTICES_READ}
    tag = _TAG

    @photos.documented("notice_photo")
    def get(self, request: Request, pk: int, photo: UUID, size: str) -> FileResponse:
        get_object_or_404(notices_for(self.caller), pk=pk, photos__contains=[photo])
        return photos.picture(photo, size)


def notices_for(caller: Caller) -> QuerySet[Notice]:
    """A system reads what hangs, or hung, in public; a person what was published and they may open on the pages."""
    if caller.is_partner:
        return readers.open_to_everybody()
    return readers.visible_to(caller.person).filter(published_at__isnull=False)


def _shown(request: Request, rows: list[Notice]) -> list[dict[str, Any]]:
    places = readers.places_in_words(rows)
    return [_one(request, row, places.get(row.pk, [])) for row in rows]


def _one(request: Request, row: Notice, places: list[str]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "chart": row.chart or None,
        "title_en": row.title_en or None,
        "text_en": row.text_en or None,
        "target": row.target,
        "places": places,
        "state": row.state,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "published_at": row.published_at,
        "withdrawn_at": row.withdrawn_at,
        "withdrawn_why": row.withdrawn_why or None,
        "replaces": row.replaces_id,
        "posting": row.posting_id,
        "photos": [photos.shown(request, key, at="api:notice_photo", args=[row.pk]) for key in row.photos],
        "updated_at": row.updated_at,
    }


urlpatterns = [
    path("notices/", Notices.as_view(), name="notices"),
    path("notices/<int:pk>/", OneNotice.as_view(), name="notice"),
    path("notices/<int:pk>/photos/<uuid:photo>/<slug:size>/", NoticePhoto.as_view(), name="notice_photo"),
]

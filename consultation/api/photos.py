"""Photos of matters, and what was reported of tasks with its photos: addresses, and the pictures themselves."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.organisation.api import Caller, CompoundApiView
from compounds.partners.scopes import Scope
from compounds.photos import api as photos
from consultation.api import examples
from consultation.api.sight import assignments_for, issues_for, sees
from consultation.models import Assignment, AssignmentReport, IssuePhoto, ReportKind

_REPORT = {
    "kind": "progress",
    "text": "配件已到，周三换。",
    "at": "2026-03-10T03:00:00Z",
    "photos": [photos.EXAMPLE],
}


@extend_schema_serializer(examples=examples.of(photos.EXAMPLE | {"added_at": "2026-03-02T09:30:00Z"}))
class IssuePhotoOut(photos.PhotoOut):
    """One photo of a matter."""

    added_at = serializers.DateTimeField()


@extend_schema_serializer(examples=examples.of(_REPORT))
class ReportOut(serializers.Serializer[Any]):
    """What was reported of a task, on the way or as done; never by whom."""

    kind = serializers.ChoiceField(ReportKind.choices)
    text = serializers.CharField()
    at = serializers.DateTimeField()
    photos = photos.PhotoOut(many=True)


class IssuePhotos(CompoundApiView):
    """The photos of one matter, the oldest first."""

    scopes = {"GET": Scope.ISSUES_READ}
    tag = "1 Visit and ask"

    @extend_schema(operation_id="issue_photos", summary="Photos of a matter", responses=IssuePhotoOut(many=True))
    def get(self, request: Request, number: str) -> Response:
        rows = _of_issue(self.caller, number)
        return Response(
            [
                photos.shown(request, row.photo_id, at="api:issue_photo", args=[number]) | {"added_at": row.created_at}
                for row in rows
            ]
        )


class OneIssuePhoto(CompoundApiView):
    """One photo of a matter."""

    scopes = {"GET": Scope.ISSUES_READ}
    tag = "1 Visit and ask"

    @photos.documented("issue_photo")
    def get(self, request: Request, number: str, photo: UUID, size: str) -> FileResponse:
        return photos.picture(get_object_or_404(_of_issue(self.caller, number), photo=photo).photo_id, size)


class Reports(CompoundApiView):
    """What was reported of one task, the oldest first: for who handles it, and with the scope for members' matters."""

    scopes = {"GET": Scope.ISSUES_READ}
    tag = "4 Handle"

    @extend_schema(operation_id="assignment_reports", summary="What was reported", responses=ReportOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        rows = _of_task(self.caller, pk)
        return Response([_report(request, row) for row in rows])


class ReportPhoto(CompoundApiView):
    """One photo of a report."""

    scopes = {"GET": Scope.ISSUES_READ}
    tag = "4 Handle"

    @photos.documented("assignment_photo")
    def get(self, request: Request, pk: int, photo: UUID, size: str) -> FileResponse:
        get_object_or_404(_of_task(self.caller, pk), photos__contains=[photo])
        return photos.picture(photo, size)


def _of_issue(caller: Caller, number: str) -> QuerySet[IssuePhoto]:
    found = get_object_or_404(issues_for(caller), number=number)
    return found.photos.all() if sees(caller, found, "photos") else IssuePhoto.objects.none()


def _of_task(caller: Caller, pk: int) -> QuerySet[AssignmentReport]:
    task: Assignment = get_object_or_404(assignments_for(caller), pk=pk)
    rows = AssignmentReport.objects.filter(assignment=task).order_by("at", "pk")
    wide = not caller.is_partner or caller.has(Scope.MEMBERS_READ)
    return rows if wide else rows.filter(assignment__body__kind__in=caller.handles)


def _report(request: Request, row: AssignmentReport) -> dict[str, Any]:
    where = [photos.shown(request, key, at="api:assignment_photo", args=[row.assignment_id]) for key in row.photos]
    return {"kind": row.kind, "text": row.text, "at": row.at, "photos": where}


urlpatterns = [
    path("issues/<issue:number>/photos/", IssuePhotos.as_view(), name="issue_photos"),
    path("issues/<issue:number>/photos/<uuid:photo>/<slug:size>/", OneIssuePhoto.as_view(), name="issue_photo"),
    path("assignments/<int:pk>/reports/", Reports.as_view(), name="assignment_reports"),
    path("assignments/<int:pk>/photos/<uuid:photo>/<slug:size>/", ReportPhoto.as_view(), name="assignment_photo"),
]

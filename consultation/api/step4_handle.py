"""Step 4 for partners: what each body has promised; who handles it takes it over, reports, or gives it back."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django_filters import ChoiceFilter
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.organisation import policies
from compounds.organisation.api import Caller, CompoundApiView
from compounds.organisation.models import Person
from compounds.partners.documents import closed
from compounds.partners.filtering import Filters, SlugFilter
from compounds.partners.listing import page_of
from compounds.partners.paging import FollowQuery
from compounds.partners.parsers import PartsParser
from compounds.partners.scopes import Scope
from compounds.partners.shapes import Shape, StrictJSONParser, Words, body
from compounds.partners.uploads import FORM, is_form
from compounds.photos.api import LARGEST_UPLOAD, PicturesIn
from consultation.api import showing
from consultation.api.sight import assignments_for
from consultation.errors import HandlesNotFor, NotThisState
from consultation.models import Assignment, AssignmentState, BodyKind, Issue
from consultation.services import returns, step4_handle, work_reports


class AssignmentFilters(Filters):
    """Which tasks."""

    state = ChoiceFilter(choices=AssignmentState.choices)
    body_kind = ChoiceFilter(field_name="body__kind", choices=BodyKind.choices)
    issue = SlugFilter(field_name="issue__number")

    class Meta:
        model = Assignment
        fields = ["state", "body_kind", "issue"]


@closed
class AcceptanceIn(Shape):
    """Nothing is to be said: the body takes the task over."""


@closed
@extend_schema_serializer(examples=[OpenApiExample("Done", {"text": "已更换制动器，试运行正常。"}, request_only=True)])
class ReportIn(Shape):
    """How far it is, or what was done."""

    text = Words(min_length=1, max_length=1000)


@closed
@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "With a photo",
            {"text": "配件已到，周三换。", "photos": ["(bytes of a JPEG)"]},
            request_only=True,
            media_type=FORM,
        )
    ]
)
class ReportWithPhotosIn(ReportIn):
    """The same with photos, as multipart/form-data: the text is a part, each photo one more part ``photos``."""

    photos = PicturesIn()


@closed
@extend_schema_serializer(
    examples=[OpenApiExample("Not ours", {"reason": "电梯仍在厂家保修期内。"}, request_only=True)]
)
class ReturnIn(Shape):
    """Why it cannot be done; the branch decides what becomes of it."""

    reason = Words(min_length=1, max_length=500)


class Assignments(CompoundApiView):
    """Tasks of the matters that the one who asks may know of."""

    scopes = {"GET": Scope.ISSUES_READ}
    query_shape, filterset_class = FollowQuery, AssignmentFilters
    tag = "4 Handle"

    @extend_schema(
        operation_id="assignments", summary="List tasks, or follow them", responses=showing.AssignmentOut(many=True)
    )
    def get(self, request: Request) -> Response:
        page = page_of(self, request, assignments_for(self.caller))
        return Response([showing.assignment(row) for row in page.rows], headers=page.headers)


class OneAssignment(CompoundApiView):
    """One task."""

    scopes = {"GET": Scope.ISSUES_READ}
    has_etag = True
    tag = "4 Handle"

    @extend_schema(operation_id="assignment", summary="Read a task", responses=showing.AssignmentOut)
    def get(self, request: Request, pk: int) -> Response:
        return self.one(showing.assignment(_task_or_404(self.caller, pk)))


class _Handling(CompoundApiView):
    """One act of who handles a task. Named as on the pages: ``action`` is that of ``policies``."""

    scopes = {"POST": Scope.HANDLING_WRITE}
    needs_match = frozenset({"POST"})
    refusals = {"POST": (HandlesNotFor, NotThisState)}
    shape: type[Shape]
    shape_with_photos: type[Shape] | None = None
    has_etag = True
    tag = "4 Handle"

    def done(self, request: Request, pk: int) -> Response:
        """Do it, and answer with the task as it is now."""
        self._require_handles(_task_or_404(self.caller, pk))
        # Locked before it is compared: of two who act on the same version, the second finds another one. The matter
        # before its task, as everywhere.
        Issue.objects.select_for_update(of=("self",)).get(assignments=pk)
        Assignment.objects.select_for_update().get(pk=pk)
        task = _task_or_404(self.caller, pk)
        self._require_handles(task)
        self.require_match(request, self.etag(showing.assignment(task)))
        said = body(self.shape_with_photos or self.shape if is_form(request) else self.shape, request)
        self.act(task, said, self.caller.acting())
        where = request.build_absolute_uri(reverse("api:assignment", args=[pk]))
        return self.one(showing.assignment(_task_or_404(self.caller, pk)), status=201, Location=where)

    def act(self, task: Assignment, said: dict[str, Any], by: Person) -> None:
        raise NotImplementedError

    def _require_handles(self, task: Assignment) -> None:
        if not self.caller.is_partner:
            policies.require(self.actions["POST"], self.caller.person, task)
        elif task.body.kind not in self.caller.handles:
            raise HandlesNotFor(body=task.body.name)


class Acceptances(_Handling):
    """The body takes the task over (签收)."""

    actions = {"POST": "assignment.accept"}
    shape = AcceptanceIn

    @extend_schema(
        operation_id="assignment_accept",
        summary="Take a task over",
        request=AcceptanceIn,
        responses={201: showing.AssignmentOut},
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.done(request, pk)

    def act(self, task: Assignment, said: dict[str, Any], by: Person) -> None:
        step4_handle.accept(task, by=by)


class _Reporting(_Handling):
    """A report, perhaps with photos."""

    parser_classes = [StrictJSONParser, PartsParser]
    largest_upload = LARGEST_UPLOAD
    shape, shape_with_photos = ReportIn, ReportWithPhotosIn


class ProgressReports(_Reporting):
    """How far the work is."""

    actions = {"POST": "assignment.progress"}

    @extend_schema(
        operation_id="assignment_progress",
        summary="Report progress",
        request={"application/json": ReportIn, FORM: ReportWithPhotosIn},
        responses={201: showing.AssignmentOut},
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.done(request, pk)

    def act(self, task: Assignment, said: dict[str, Any], by: Person) -> None:
        work_reports.progress(task, text=said["text"], photos=said.get("photos", []), by=by)


class Completions(_Reporting):
    """The body says that it is done. Somebody goes there and looks."""

    actions = {"POST": "assignment.report"}

    @extend_schema(
        operation_id="assignment_done",
        summary="Report a task done",
        request={"application/json": ReportIn, FORM: ReportWithPhotosIn},
        responses={201: showing.AssignmentOut},
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.done(request, pk)

    def act(self, task: Assignment, said: dict[str, Any], by: Person) -> None:
        step4_handle.report_done(task, report=said["text"], photos=said.get("photos", []), by=by)


class Returns(_Handling):
    """The body gives the task back and says why (退单)."""

    actions = {"POST": "assignment.return"}
    shape = ReturnIn

    @extend_schema(
        operation_id="assignment_return",
        summary="Give a task back",
        request=ReturnIn,
        responses={201: showing.AssignmentOut},
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.done(request, pk)

    def act(self, task: Assignment, said: dict[str, Any], by: Person) -> None:
        returns.give_back(task, reason=said["reason"], by=by)


def _task_or_404(caller: Caller, pk: int) -> Assignment:
    return get_object_or_404(assignments_for(caller), pk=pk)


urlpatterns = [
    path("assignments/", Assignments.as_view(), name="assignments"),
    path("assignments/<int:pk>/", OneAssignment.as_view(), name="assignment"),
    path("assignments/<int:pk>/acceptances/", Acceptances.as_view(), name="assignment_acceptances"),
    path("assignments/<int:pk>/progress-reports/", ProgressReports.as_view(), name="assignment_progress_reports"),
    path("assignments/<int:pk>/completions/", Completions.as_view(), name="assignment_completions"),
    path("assignments/<int:pk>/returns/", Returns.as_view(), name="assignment_returns"),
]

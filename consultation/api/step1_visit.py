"""Step 1 for partners: bring a matter in, read it, correct it, follow what becomes of it."""

from dataclasses import replace
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.organisation.api import CompoundApiView
from compounds.organisation.models import Building, Entrance
from compounds.partners.documents import closed
from compounds.partners.filtering import Filters, KeyFilter
from compounds.partners.listing import page_of
from compounds.partners.paging import FollowQuery
from compounds.partners.parsers import PartsParser
from compounds.partners.scopes import Scope
from compounds.partners.shapes import Shape, StrictJSONParser, Whole, Words, body
from compounds.partners.uploads import FORM, is_form
from compounds.photos.api import LARGEST_UPLOAD, PicturesIn
from consultation.api import examples, showing
from consultation.api.sight import issues_for, sees
from consultation.errors import NothingCorrected, NotItsOwn, WithTheBranch
from consultation.models import Category, Issue, Openness
from consultation.services import correction, step1_visit
from consultation.services.correction import Written
from consultation.services.step1_visit import Place
from consultation.steps import Step

_SAID = {
    "title": "3栋电梯夜里异响",
    "said": "来电人说3栋电梯半夜咣当响，已经三天了。",
    "category": 1,
    "building": 3,
}
_CORRECTION = OpenApiExample("The building was wrong", {"building": 5, "reason": "听错了楼栋"}, request_only=True)
_EXAMPLE = OpenApiExample("A hotline's call", _SAID, request_only=True)
_EXAMPLE_WITH_PHOTOS = OpenApiExample(
    "With a photo", _SAID | {"photos": ["(bytes of a JPEG)"]}, request_only=True, media_type=FORM
)


class IssueFilters(Filters):
    """Which matters."""

    step = ChoiceFilter(choices=Step.choices)
    category = KeyFilter()

    class Meta:
        model = Issue
        fields = ["step", "category"]


class PlaceIn(Shape):
    """Where: nothing for the whole compound, a building, or one of its entrances."""

    building = Whole(required=False, min_value=1, max_value=100_000, help_text="The building's number.")
    entrance = Whole(required=False, min_value=1, max_value=1000, help_text="The entrance's number in that building.")
    place_note = Words(required=False, max_length=80, allow_blank=True, help_text="Such as: garage, zone B")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        number, entrance = attrs.pop("building", None), attrs.pop("entrance", None)
        if entrance is not None and number is None:
            raise _wrong("building", _("Name the building too."), "required")
        if number is not None:
            attrs["place"] = _place(number, entrance)
        return attrs


@closed
@extend_schema_serializer(examples=[_EXAMPLE])
class IssueIn(PlaceIn):
    """One matter as it was told. No names here: everybody reads the title."""

    title = Words(min_length=1, max_length=80)
    said = Words(min_length=1, max_length=2000, help_text="In their own words.")
    category = Whole(min_value=1, max_value=2**31 - 1, help_text="The id of a category.")
    openness = serializers.ChoiceField(Openness.choices, required=False)

    def validate_category(self, value: int) -> Category:
        return _category(value)


@closed
@extend_schema_serializer(examples=[_EXAMPLE_WITH_PHOTOS])
class IssueWithPhotosIn(IssueIn):
    """The same with photos, as multipart/form-data: each field is a part, each photo one more part ``photos``."""

    photos = PicturesIn()


@closed
@extend_schema_serializer(examples=[_CORRECTION])
class CorrectionIn(PlaceIn):
    """What was wrong, and why. What is not named stays as it is."""

    title = Words(required=False, min_length=1, max_length=80)
    category = Whole(required=False, min_value=1, max_value=2**31 - 1)
    reason = Words(min_length=1, max_length=300)

    def validate_category(self, value: int) -> Category:
        return _category(value)


@extend_schema_serializer(examples=examples.of(examples.TAKEN))
class Taken(serializers.Serializer[Any]):
    """A confidential matter is taken in and told no further through the API."""

    number = serializers.CharField()
    openness = serializers.ChoiceField([Openness.CONFIDENTIAL.value])


class Issues(CompoundApiView):
    """All matters that the one who asks may know of."""

    scopes = {"GET": Scope.ISSUES_READ, "POST": Scope.ISSUES_WRITE}
    actions = {"POST": "issue.record"}
    parser_classes = [StrictJSONParser, PartsParser]
    largest_upload = LARGEST_UPLOAD
    query_shape, filterset_class = FollowQuery, IssueFilters
    tag = "1 Visit and ask"

    @extend_schema(operation_id="issues", summary="List matters, or follow them", responses=showing.IssueOut(many=True))
    def get(self, request: Request) -> Response:
        page = page_of(self, request, showing.to_show(issues_for(self.caller)))
        return Response([showing.issue(row, self.caller) for row in page.rows], headers=page.headers)

    @extend_schema(
        operation_id="issue_create",
        summary="Bring a matter in",
        request={"application/json": IssueIn, FORM: IssueWithPhotosIn},
        responses={
            201: showing.IssueOut,
            202: OpenApiResponse(Taken, "Taken in as confidential: it is told no further through the API."),
        },
    )
    def post(self, request: Request) -> Response:
        said = body(IssueWithPhotosIn if is_form(request) else IssueIn, request)
        place = said.pop("place", Place())
        note, openness = said.pop("place_note", ""), said.pop("openness", None)
        issue = step1_visit.record(
            **said,
            place=Place(place.building, place.entrance, note=note),
            spoken_by="",
            openness=Openness(openness) if openness else None,
            by=self.caller.acting(),
        )
        if issue.openness == Openness.CONFIDENTIAL:
            return Response({"number": issue.number, "openness": issue.openness}, status=202)
        # Now it stands in the compound's books, and reads what it wrote.
        shown = showing.issue(issue, replace(self.caller, person=issue.recorded_by))
        where = request.build_absolute_uri(reverse("api:issue", args=[issue.number]))
        return Response(shown, status=201, headers={"Location": where, "ETag": self.etag(shown)})


class OneIssue(CompoundApiView):
    """One matter."""

    scopes = {"GET": Scope.ISSUES_READ, "PATCH": Scope.ISSUES_WRITE}
    actions = {"PATCH": "issue.correct"}
    refusals = {"PATCH": (NotItsOwn, WithTheBranch, NothingCorrected)}
    has_etag = True
    tag = "1 Visit and ask"

    @extend_schema(operation_id="issue", summary="Read a matter", responses=showing.IssueOut)
    def get(self, request: Request, number: str) -> Response:
        return self.one(showing.issue(_issue_or_404(self, number), self.caller))

    @extend_schema(
        operation_id="issue_correct",
        summary="Correct title, category or place",
        request=CorrectionIn,
        responses=showing.IssueOut,
    )
    def patch(self, request: Request, number: str) -> Response:
        found = _issue_or_404(self, number)
        # Locked before it is compared: of two who change the same version, the second finds another one.
        Issue.objects.select_for_update().get(pk=found.pk)
        found = _issue_or_404(self, number)
        self.require_match(request, self.etag(showing.issue(found, self.caller)))
        self._require_mine(found)
        wanted = body(CorrectionIn, request)
        reason, place, old = wanted.pop("reason"), wanted.pop("place", None), Written.of(found)
        written = Written(
            title=wanted.get("title", old.title),
            category=wanted.get("category", old.category),
            building=place.building if place else old.building,
            entrance=place.entrance if place else old.entrance,
            place_note=wanted.get("place_note", old.place_note),
        )
        correction.correct(found, written, reason=reason, by=self.caller.acting())
        return self.one(showing.issue(_issue_or_404(self, number), self.caller))

    def _require_mine(self, found: Issue) -> None:
        """A system corrects what it brought in, as long as the branch has not sorted it."""
        if not self.caller.is_partner:
            return
        if self.caller.person is None or found.recorded_by_id != self.caller.person.pk:
            raise NotItsOwn
        if found.step not in {Step.VISIT, Step.PROPOSE}:
            raise WithTheBranch


class IssueSteps(CompoundApiView):
    """The moves of one matter, the oldest first."""

    scopes = {"GET": Scope.ISSUES_READ}
    tag = "1 Visit and ask"

    @extend_schema(operation_id="issue_steps", summary="How a matter moved", responses=showing.StepOut(many=True))
    def get(self, request: Request, number: str) -> Response:
        found = _issue_or_404(self, number)
        noted = sees(self.caller, found, "notes")
        return Response([showing.step(row, with_note=noted) for row in found.records.all()])


class Categories(CompoundApiView):
    """The kinds of matters here."""

    scopes = {"GET": Scope.ISSUES_READ}
    tag = "1 Visit and ask"

    @extend_schema(operation_id="categories", summary="Kinds of matters", responses=showing.CategoryOut(many=True))
    def get(self, request: Request) -> Response:
        return Response([showing.category(row) for row in Category.objects.filter(active=True)])


def _issue_or_404(view: CompoundApiView, number: str) -> Issue:
    return get_object_or_404(showing.to_show(issues_for(view.caller)), number=number)


def _category(pk: int) -> Category:
    found = Category.objects.filter(active=True, pk=pk).first()
    if found is None:
        raise ValidationError(_("There is no such category."), code="unknown_category")
    return found


def _wrong(field: str, detail: Any, code: str) -> ValidationError:
    return ValidationError({field: [ErrorDetail(str(detail), code=code)]})


def _place(building: int, entrance: int | None) -> Place:
    if entrance is None:
        found = Building.objects.select_related("unit").filter(number=building).first()
        if found is None:
            raise _wrong("building", _("There is no such building."), "unknown_building")
        return Place(building=found)
    rows = Entrance.objects.select_related("building__unit")
    stairwell = rows.filter(building__number=building, number=entrance).first()
    if stairwell is None:
        raise _wrong("entrance", _("There is no such entrance."), "unknown_entrance")
    return Place(stairwell.building, stairwell)


urlpatterns = [
    path("categories/", Categories.as_view(), name="categories"),
    path("issues/", Issues.as_view(), name="issues"),
    path("issues/<issue:number>/", OneIssue.as_view(), name="issue"),
    path("issues/<issue:number>/steps/", IssueSteps.as_view(), name="issue_steps"),
]

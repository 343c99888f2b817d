"""What was put up, through the API. Which postings of a kind one may read, and what they tell of, is known by the app
that puts them up: it registers here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
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
from notices.api.hanging import HangingFilters
from notices.api.published import notices_for
from notices.models import Notice, Posting, PostingKind
from notices.models.posting import PostingQuerySet

_TAG = "Notices"
_EXAMPLE = {
    "id": 31,
    "kind": "result",
    "issue": "2026-0007",
    "notice": None,
    "scoring": None,
    "title": "3栋电梯夜里异响",
    "text": "更换制动器，并写明检修结果。",
    "starts_on": "2026-03-06",
    "ends_on": "2026-03-12",
    "updated_at": "2026-03-06T02:00:00Z",
}


@dataclass(frozen=True)
class About:
    """What one posting tells of, and its text where it is not told as it was put up."""

    issue: str | None = None
    notice: int | None = None
    scoring: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Source:
    """The postings of some kinds: which of them one may read, and what each tells of (no query for each)."""

    kinds: frozenset[str]
    readable: Callable[[Caller], Q]
    about: Callable[[list[Posting]], dict[int, About]]


_SOURCES: list[Source] = []


def register(
    kinds: Collection[str], *, readable: Callable[[Caller], Q], about: Callable[[list[Posting]], dict[int, About]]
) -> None:
    """Tell of these kinds. A kind that nobody registers is not told. Raises ValueError for one that is there."""
    if any(source.kinds & set(kinds) for source in _SOURCES):
        raise ValueError(f"registered already: {kinds}")
    _SOURCES.append(Source(frozenset(kinds), readable, about))


def postings_for(caller: Caller) -> PostingQuerySet:
    """Those that the one who asks may read."""
    seen = Q(pk__in=[])
    for source in _SOURCES:
        seen |= Q(kind__in=source.kinds) & source.readable(caller)
    return Posting.objects.filter(seen)


@extend_schema_serializer(examples=[OpenApiExample("Example", _EXAMPLE, response_only=True, status_codes=["200"])])
class PostingOut(serializers.Serializer[Any]):
    """What was put up in public, from one day to another. One of ``issue``, ``notice``, ``scoring`` says where to read
    on; an honour has none."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(PostingKind.choices)
    issue = serializers.CharField(allow_null=True, help_text="The number of the matter.")
    notice = serializers.IntegerField(allow_null=True)
    scoring = serializers.CharField(allow_null=True, help_text="The quarter, such as 2026-Q1.")
    title = serializers.CharField()
    text = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    updated_at = serializers.DateTimeField()


class PostingFilters(HangingFilters):
    """Which postings."""

    kind = ChoiceFilter(choices=PostingKind.choices)

    class Meta:
        model = Posting
        fields = ["kind"]


class Postings(CompoundApiView):
    """What was put up, the newest first."""

    scopes = {"GET": Scope.NOTICES_READ}
    query_shape, filterset_class = FollowQuery, PostingFilters
    tag = _TAG

    @extend_schema(operation_id="postings", summary="What was put up", responses=PostingOut(many=True))
    def get(self, request: Request) -> Response:
        page = page_of(self, request, postings_for(self.caller))
        return Response(_shown(page.rows), headers=page.headers)


class OnePosting(CompoundApiView):
    """One posting."""

    scopes = {"GET": Scope.NOTICES_READ}
    has_etag = True
    tag = _TAG

    @extend_schema(operation_id="posting", summary="Read a posting", responses=PostingOut)
    def get(self, request: Request, pk: int) -> Response:
        return self.one(_shown([get_object_or_404(postings_for(self.caller), pk=pk)])[0])


def _shown(rows: list[Posting]) -> list[dict[str, Any]]:
    about: dict[int, About] = {}
    for source in _SOURCES:
        if found := [row for row in rows if row.kind in source.kinds]:
            about |= source.about(found)
    return [_one(row, about.get(row.pk, About())) for row in rows]


def _one(row: Posting, about: About) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "issue": about.issue,
        "notice": about.notice,
        "scoring": about.scoring,
        "title": row.title,
        "text": row.text if about.text is None else about.text,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "updated_at": row.updated_at,
    }


def _of_notices(rows: list[Posting]) -> dict[int, About]:
    told = Notice.objects.filter(posting__in=rows).values_list("posting", "pk")
    return {posting: About(notice=notice) for posting, notice in told}


register(
    [PostingKind.NOTICE],
    readable=lambda caller: Q(pk__in=notices_for(caller).filter(posting__isnull=False).values("posting")),
    about=_of_notices,
)

urlpatterns = [
    path("postings/", Postings.as_view(), name="postings"),
    path("postings/<int:pk>/", OnePosting.as_view(), name="posting"),
]

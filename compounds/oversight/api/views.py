"""Compounds, figures and what is overdue, of all compounds that the one who asks may see."""

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.oversight.district import scope
from compounds.oversight.figures import FIGURES, Kind
from compounds.oversight.models import CompoundFigures, OpenItem
from compounds.partners.authentication import Partner
from compounds.partners.errors import NoGrant
from compounds.partners.filtering import Filters, SlugFilter
from compounds.partners.listing import page_of
from compounds.partners.models import Grant
from compounds.partners.paging import PageQuery
from compounds.partners.scopes import Scope
from compounds.partners.shapes import Shape, query
from compounds.partners.views import ApiView
from compounds.registry.admin.standing import standing
from compounds.registry.models import Compound, CompoundState

type Data = dict[str, Any]
_TAG = "District"


def _example(value: Data) -> list[OpenApiExample]:
    return [OpenApiExample("Example", value, response_only=True, status_codes=["200"])]


@extend_schema_serializer(
    examples=_example(
        {"slug": "xijun", "name": "西郡佳园", "community": "湘湾社区", "api": "https://linjuli.example/c/xijun/api/v1/"}
    )
)
class CompoundOut(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    community = serializers.CharField()
    api = serializers.CharField(help_text="Where its own API is.")


class FigureOut(serializers.Serializer[Any]):
    """One figure: a count (part), or a share, mean or median of so many cases."""

    key = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(Kind.choices)
    part = serializers.FloatField()
    whole = serializers.IntegerField(allow_null=True)


@extend_schema_serializer(
    examples=_example(
        {
            "day": "2026-03-06",
            "computed_at": "2026-03-06T02:00:00Z",
            "figures": [{"key": "open", "name": "Open matters", "kind": "count", "part": 12.0, "whole": None}],
        }
    )
)
class FiguresOut(serializers.Serializer[Any]):
    """All figures of one compound as they were on one local day."""

    day = serializers.DateField()
    computed_at = serializers.DateTimeField()
    figures = FigureOut(many=True)


@extend_schema_serializer(
    examples=_example(
        {
            "compound": "xijun",
            "number": "2026-0007",
            "title": "3栋电梯夜里异响",
            "category": "电梯设备",
            "step": "handle",
            "opened_on": "2026-03-02",
            "due_on": "2026-03-20",
        }
    )
)
class OverdueOut(serializers.Serializer[Any]):
    """One matter that is late. Nothing confidential is in the register.

    A system reads the title of what hangs on the board; with `members:read` of what every member may know. Else it is
    null, and so it is for a moment after a matter has come to the board: the register is counted anew now and then.
    """

    compound = serializers.CharField(help_text="The compound's slug.")
    number = serializers.CharField()
    title = serializers.CharField(allow_null=True)
    category = serializers.CharField()
    step = serializers.CharField()
    opened_on = serializers.DateField()
    due_on = serializers.DateField(allow_null=True)


class FiguresQuery(Shape):
    """Of which day; without one the newest."""

    day = serializers.DateField(required=False)


class OverdueFilters(Filters):
    """Of which compound; without one of all."""

    compound = SlugFilter(field_name="compound__slug")

    class Meta:
        model = OpenItem
        fields: list[str] = []


class DistrictApiView(ApiView):
    """A view of the district's API."""

    scopes = {"GET": Scope.FIGURES_READ}
    tag = _TAG
    door_for_people = (NoGrant,)

    def let_partner_in(self, request: Request, partner: Partner) -> None:
        if not Grant.objects.filter(client=partner.client).exists():
            raise NoGrant

    def let_user_in(self, request: Request) -> None:
        if not standing(request._request).anywhere:  # noqa: SLF001 - staff stand where their pages say
            raise NoGrant

    def compounds(self) -> QuerySet[Compound]:
        """The ready compounds that the one who asks may see."""
        if self.partner is None:
            rows = scope.compounds_seen(self.request._request)  # type: ignore[attr-defined]  # noqa: SLF001
            return rows.filter(state=CompoundState.READY).select_related("community")
        inside = Q(pk__in=[])
        for place in Grant.objects.filter(client=self.partner.client):
            inside |= Q(pk=place.compound_id or 0) | Q(community=place.community_id or 0)
            inside |= Q(community__district=place.district_id or 0)
        return Compound.objects.ready().filter(inside).select_related("community")


class Compounds(DistrictApiView):
    """Those that the one who asks may see, each with the address of its own API."""

    query_shape = PageQuery

    @extend_schema(operation_id="compounds", summary="Compounds", responses=CompoundOut(many=True))
    def get(self, request: Request) -> Response:
        page = page_of(self, request, self.compounds())
        return Response([_compound(request, row) for row in page.rows], headers=page.headers)


class Figures(DistrictApiView):
    """Of one day, or the latest: each figure as a part and, where it is a share, of what whole."""

    query_shape = FiguresQuery

    @extend_schema(operation_id="compound_figures", summary="A compound's figures", responses=FiguresOut)
    def get(self, request: Request, slug: str) -> Response:
        asked = query(FiguresQuery, request)
        rows = CompoundFigures.objects.filter(compound=get_object_or_404(self.compounds(), slug=slug))
        if day := asked.get("day"):
            rows = rows.filter(day=day)
        return Response(_figures(get_object_or_404(rows.order_by("-day")[:1])))


class Overdue(DistrictApiView):
    """Open matters past their limit; the titles of those for members only with the scope for them."""

    query_shape, filterset_class = PageQuery, OverdueFilters

    @extend_schema(operation_id="overdue", summary="What is overdue", responses=OverdueOut(many=True))
    def get(self, request: Request) -> Response:
        rows = OpenItem.objects.overdue(timezone.now()).filter(compound__in=self.compounds())
        page = page_of(self, request, rows.select_related("compound"))
        return Response([_overdue(row, titled=self._reads_title_of(row)) for row in page.rows], headers=page.headers)

    def _reads_title_of(self, row: OpenItem) -> bool:
        """Of the district's staff each reads it on the pages; a system what ``consultation.api.sight`` would tell."""
        if self.partner is None or row.on_board:
            return True
        return row.for_members and self.partner.has(Scope.MEMBERS_READ)


def _compound(request: Request, row: Compound) -> Data:
    return {
        "slug": row.slug,
        "name": row.name,
        "community": row.community.name,
        "api": request.build_absolute_uri(f"{row.url}api/v1/"),
    }


def _figures(row: CompoundFigures) -> Data:
    return {
        "day": row.day,
        "computed_at": row.computed_at,
        "figures": [
            {
                "key": key,
                "name": str(FIGURES[key].name),
                "kind": FIGURES[key].kind,
                "part": float(value.part),
                "whole": value.whole,
            }
            for key, value in row.figures.items()
        ],
    }


def _overdue(row: OpenItem, *, titled: bool) -> Data:
    return {
        "compound": row.compound.slug,
        "number": row.number,
        "title": row.title if titled else None,
        "category": row.category,
        "step": row.step,
        "opened_on": row.opened_on,
        "due_on": row.due_on,
    }

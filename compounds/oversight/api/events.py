"""What has happened in all compounds that a partner may see: the same events that webhooks bring, to be fetched."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import ChoiceFilter
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.oversight.api.views import DistrictApiView
from compounds.partners import events
from compounds.partners.filtering import Filters, SlugFilter, filtered
from compounds.partners.listing import asked_by
from compounds.partners.models import Event, EventType
from compounds.partners.models.event import EVENT_SCOPES
from compounds.partners.paging import FollowQuery, followed
from compounds.registry.models import Compound

_EXAMPLE = {
    "id": "evt_1042",
    "type": "issue.moved",
    "timestamp": "2026-03-06T02:00:00Z",
    "data": {"compound": "xijun", "issue": "2026-0007", "from_step": "meet", "to_step": "handle"},
}


class EventFilters(Filters):
    """Which events."""

    type = ChoiceFilter(choices=EventType.choices)
    compound = SlugFilter(method="of_compound")

    class Meta:
        model = Event
        fields = ["type"]

    def of_compound(self, rows: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        return rows.filter(schema_name__in=Compound.objects.filter(slug=value).values("schema_name"))


class EventDataOut(serializers.Serializer[Any]):
    """Ids, numbers and states; which of them depends on the type. What they stand for says the compound's API."""

    compound = serializers.CharField(help_text="The compound's slug.")
    issue = serializers.CharField(required=False, help_text="The number of the matter.")
    from_step = serializers.CharField(required=False, allow_null=True)
    to_step = serializers.CharField(required=False)
    assignment = serializers.IntegerField(required=False)
    state = serializers.CharField(required=False)
    posting = serializers.IntegerField(required=False)
    edition = serializers.IntegerField(required=False, help_text="Of the issue list.")
    meeting = serializers.IntegerField(required=False, help_text="Its number.")
    notice = serializers.IntegerField(required=False)
    activity = serializers.IntegerField(required=False)
    kind = serializers.CharField(required=False)


@extend_schema_serializer(examples=[OpenApiExample("Example", _EXAMPLE, response_only=True, status_codes=["200"])])
class EventOut(serializers.Serializer[Any]):
    """One thing that happened. A webhook's body is the same."""

    id = serializers.CharField(help_text="The same in the header webhook-id: what comes twice is known by it.")
    type = serializers.ChoiceField(EventType.choices)
    timestamp = serializers.DateTimeField()
    data = EventDataOut()  # type: ignore[assignment] # a field, named as the specification has it


class Events(DistrictApiView):
    """Without a moment from the oldest that is kept: 30 days.

    A token is told of the types that its scopes are for: `issues:read` of matters, lists, meetings and tasks,
    `notices:read` of notices and postings, `activities:read` of activities.
    """

    scopes = {"GET": EVENT_SCOPES}
    query_shape, filterset_class = FollowQuery, EventFilters
    partners_only = True

    @extend_schema(operation_id="events", summary="What has happened, oldest first", responses=EventOut(many=True))
    def get(self, request: Request) -> Response:
        assert self.partner is not None
        asked = asked_by(self, request)
        asked.setdefault("updated_since", timezone.now() - events.KEPT)
        rows = Event.objects.visible_to(self.partner.client, self.partner.scopes)
        page = followed(request, filtered(EventFilters, request, rows), asked)
        names = {event.schema_name for event in page.rows}
        slugs = dict(Compound.objects.filter(schema_name__in=names).values_list("schema_name", "slug"))
        return Response([events.shown(row, slugs[row.schema_name]) for row in page.rows], headers=page.headers)

"""What partners are told: written in the transaction of what happened, read by the feed and by webhooks."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.partners.models.client import Client
from compounds.partners.scopes import Scope
from compounds.registry.models import Compound


class EventType(models.TextChoices):
    ISSUE_RECORDED = "issue.recorded", _("a matter was written down")
    ISSUE_MOVED = "issue.moved", _("a matter came to another step")
    ISSUE_RATED = "issue.rated", _("a household rated what came of a matter")
    LIST_PUBLISHED = "list.published", _("an issue list was published")
    MEETING_CONVENED = "meeting.convened", _("a meeting was called")
    MEETING_CANCELLED = "meeting.cancelled", _("a meeting was cancelled")
    MEETING_MINUTES_ISSUED = "meeting.minutes_issued", _("the minutes of a meeting were issued")
    ASSIGNMENT_CHANGED = "assignment.changed", _("a task was handed out or came to another state")
    ASSIGNMENT_REPORTED = "assignment.reported", _("progress of a task was reported")
    POSTING_PUT_UP = "posting.put_up", _("something was posted")
    NOTICE_PUBLISHED = "notice.published", _("a notice was published")
    NOTICE_WITHDRAWN = "notice.withdrawn", _("a notice was withdrawn")
    ACTIVITY_PLANNED = "activity.planned", _("an activity was planned")
    ACTIVITY_CHANGED = "activity.changed", _("something else is said about an activity")
    ACTIVITY_MOVED = "activity.moved", _("an activity was moved")
    ACTIVITY_CANCELLED = "activity.cancelled", _("an activity was cancelled")
    ACTIVITY_HELD = "activity.held", _("what came of an activity was written down")


# By the first word of a type; the others are told of matters.
_SCOPES = {"posting": Scope.NOTICES_READ, "notice": Scope.NOTICES_READ, "activity": Scope.ACTIVITIES_READ}


def scope_for(event: EventType) -> Scope:
    """The scope that lets a system know of this type: that of the resource that it tells of."""
    return _SCOPES.get(event.partition(".")[0], Scope.ISSUES_READ)


def types_for(scopes: frozenset[str]) -> list[EventType]:
    """The types that these scopes let a system know of."""
    return [one for one in EventType if scope_for(one) in scopes]


# Each of them lets a system know of some types.
EVENT_SCOPES: tuple[Scope, ...] = tuple(dict.fromkeys(scope_for(one) for one in EventType))


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, client: Client, scopes: frozenset[str]) -> Self:
        """Those of compounds that it has a grant for, of the types that its scopes are for, and of these what it may
        know of (``consultation.api.sight``)."""
        known = Q(on_board=True) | Q(brought_by=client.pk)
        if Scope.MEMBERS_READ in scopes:
            known |= Q(for_members=True)
        seen = Q(pk__in=[])
        for grant in client.grants.all():
            inside = Q(pk=grant.compound_id or 0) | Q(community=grant.community_id or 0)
            inside |= Q(community__district=grant.district_id or 0)
            here = Q(schema_name__in=Compound.objects.ready().filter(inside).values("schema_name"))
            seen |= here & (known | Q(handlers__overlap=grant.handles) if grant.handles else known)
        return self.filter(seen, type__in=types_for(scopes))


class Event(TimeStamped):
    """One thing that happened in one compound: ids and numbers only. Never of a confidential matter.

    Who may know of it is written down with it, as it was then: reading asks no compound.
    """

    type = models.CharField(_("event"), max_length=40, choices=EventType.choices)
    schema_name = models.CharField(max_length=63)
    # The number of the matter, or what else it is about with its id; empty where it is about none.
    about = models.CharField(max_length=20, blank=True)
    data: Any = models.JSONField(default=dict)
    on_board = models.BooleanField()
    for_members = models.BooleanField()
    brought_by = models.ForeignKey(Client, on_delete=models.SET_NULL, null=True, related_name="+")
    handlers = ArrayField(models.CharField(max_length=20), default=list)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event for partners")
        verbose_name_plural = _("events for partners")
        indexes = [
            models.Index(fields=["updated_at", "id"], name="event_in_order"),
            models.Index(fields=["schema_name", "about"], name="event_by_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.schema_name} {self.about}"

    @property
    def message_id(self) -> str:
        """By which a receiver knows that it has had it already."""
        return f"evt_{self.pk}"

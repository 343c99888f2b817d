"""Personal data for partners: with a scope of its own, never of a confidential matter, and each answer written down.

Who brought a matter in and their words are for systems that the district lets read them, and not for those that handle
tasks (domain: Openness). These learn whom they may ring: who agreed to it, with a masked number; the number itself for
a reason that is kept, as on the pages.
"""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from compounds.organisation.api import Caller, CompoundApiView
from compounds.organisation.reveal import NoPhoneKnown
from compounds.partners import readings
from compounds.partners.scopes import Scope
from compounds.partners.shapes import Shape, Words, query
from consultation.api import examples
from consultation.api.sight import assignments_for, issues_for, personal_of
from consultation.errors import HandlesNotFor, NotToBeRung
from consultation.models import Assignment, Voice
from consultation.services import ringing

_PERSONAL = {"spoken_by": "王桂花", "said": "电梯半夜咣当响。", "place_note": "电梯厅"}
_CONTACT = {"id": 41, "name": "王桂花", "phone": "138****8000"}


@extend_schema_serializer(examples=examples.of(_PERSONAL))
class PersonalOut(serializers.Serializer[Any]):
    """Who brought a matter in, in which words. A field is null where it is not for this system."""

    spoken_by = serializers.CharField(allow_null=True)
    said = serializers.CharField(allow_null=True)
    place_note = serializers.CharField(allow_null=True)


@extend_schema_serializer(examples=examples.of(_CONTACT))
class ContactOut(serializers.Serializer[Any]):
    """One who agreed to be rung about the matter, for as long as the task is not finished."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    phone = serializers.CharField(help_text="Masked.")


@extend_schema_serializer(examples=examples.of(_CONTACT | {"phone": "13800138000"}))
class NumberOut(ContactOut):
    """The same with the number."""

    phone = serializers.CharField()


class ReasonQuery(Shape):
    """What the number is needed for. No names: it is kept."""

    reason = Words(min_length=1, max_length=200)


class _Personal(CompoundApiView):
    scopes = {"GET": Scope.PERSONAL_READ}
    partners_only = True

    def told(self, about: str, *, fields: set[str], people: int, reason: str = "") -> None:
        assert self.partner is not None
        if people:
            now = timezone.now()
            readings.write_down(self.partner, about=about, told=fields, people=people, reason=reason, now=now)


class PersonalData(_Personal):
    """Who spoke, and their words."""

    tag = "1 Visit and ask"

    @extend_schema(operation_id="issue_personal_data", summary="Who brought a matter in", responses=PersonalOut)
    def get(self, request: Request, number: str) -> Response:
        issue = get_object_or_404(issues_for(self.caller).select_related("spoken_by"), number=number)
        shown = {
            "spoken_by": issue.spoken_by.name if issue.spoken_by else None,
            "said": issue.said,
            "place_note": issue.place_note,
        }
        seen = personal_of(self.caller, issue)
        shown = {name: (value or None) if name in seen else None for name, value in shown.items()}
        told = {name for name, value in shown.items() if value}
        self.told(issue.number, fields=told, people=1 if told else 0)
        return Response(shown)


class Contacts(_Personal):
    """Whom the body that handles a task may ring."""

    refusals = {"GET": (HandlesNotFor,)}
    tag = "4 Handle"

    @extend_schema(
        operation_id="assignment_contacts", summary="Who agreed to be called", responses=ContactOut(many=True)
    )
    def get(self, request: Request, pk: int) -> Response:
        task = _handled_or_refused(self.caller, pk)
        rows = ringing.to_ring(task)
        self.told(task.issue.number, fields={"name", "phone_masked"}, people=len(rows))
        return Response([_contact(row, row.person.masked_phone) for row in rows])


class Number(_Personal):
    """One number, for a reason that is kept here and in the compound."""

    refusals = {"GET": (HandlesNotFor, NotToBeRung, NoPhoneKnown)}
    query_shape = ReasonQuery
    tag = "4 Handle"

    @extend_schema(operation_id="assignment_contact", summary="The number of one of them", responses=NumberOut)
    def get(self, request: Request, pk: int, voice: int) -> Response:
        reason = query(ReasonQuery, request)["reason"]
        task = _handled_or_refused(self.caller, pk)
        row = next((one for one in ringing.to_ring(task) if one.pk == voice), None)
        if row is None:
            raise Http404
        number = ringing.number_of(task, row, reason=reason, by=self.caller.acting())
        self.told(task.issue.number, fields={"name", "phone"}, people=1, reason=reason)
        return Response(_contact(row, number))


def _handled_or_refused(caller: Caller, pk: int) -> Assignment:
    task: Assignment = get_object_or_404(assignments_for(caller), pk=pk)
    if task.body.kind not in caller.handles:
        raise HandlesNotFor(body=task.body.name)
    return task


def _contact(row: Voice, phone: str) -> dict[str, Any]:
    return {"id": row.pk, "name": row.person.name, "phone": phone}


urlpatterns = [
    path("issues/<issue:number>/personal-data/", PersonalData.as_view(), name="issue_personal_data"),
    path("assignments/<int:pk>/contacts/", Contacts.as_view(), name="assignment_contacts"),
    path("assignments/<int:pk>/contacts/<int:voice>/", Number.as_view(), name="assignment_contact"),
]

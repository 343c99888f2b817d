"""How rows look in an answer, and the same for the document."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from compounds.organisation.api import Caller
from consultation.api import examples
from consultation.api.sight import sees
from consultation.models import (
    Assignment,
    AssignmentState,
    BodyKind,
    Category,
    DecisionOutcome,
    Issue,
    Openness,
    Outcome,
    StepRecord,
)
from consultation.models.issue import IssueQuerySet
from consultation.steps import Step

type Data = dict[str, Any]


@extend_schema_serializer(examples=examples.of(examples.ISSUE["category"]))
class CategoryOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    name_en = serializers.CharField()


class PlaceOut(serializers.Serializer[Any]):
    """Building and entrance, never a door."""

    building = serializers.IntegerField(allow_null=True, help_text="Its number; null for the whole compound.")
    entrance = serializers.IntegerField(allow_null=True, help_text="Its number in the building.")
    note = serializers.CharField(allow_null=True, help_text="null where the one who asks may not read it.")


@extend_schema_serializer(examples=examples.of(examples.ISSUE))
class IssueOut(serializers.Serializer[Any]):
    """One matter."""

    number = serializers.CharField()
    title = serializers.CharField()
    said = serializers.CharField(allow_null=True, help_text="null where the one who asks may not read it.")
    category = CategoryOut()
    place = PlaceOut()
    openness = serializers.ChoiceField([Openness.PUBLIC.value, Openness.MEMBERS.value])
    step = serializers.ChoiceField(Step.choices)
    outcome = serializers.ChoiceField(Outcome.choices, allow_null=True, help_text="Of a closed matter.")
    due_on = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    recorded_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(examples=examples.of(examples.STEP))
class StepOut(serializers.Serializer[Any]):
    """One move of a matter. Rows are only added."""

    from_step = serializers.ChoiceField(Step.choices, allow_null=True)
    to_step = serializers.ChoiceField(Step.choices)
    at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(Outcome.choices, allow_null=True)
    note = serializers.CharField(allow_null=True, help_text="null where the one who asks may not read it.")


class BodyOut(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(BodyKind.choices)
    name = serializers.CharField()


@extend_schema_serializer(examples=examples.of(examples.ASSIGNMENT))
class AssignmentOut(serializers.Serializer[Any]):
    """One body's promise to handle one matter by a day."""

    id = serializers.IntegerField()
    issue = serializers.CharField(help_text="The number of the matter.")
    body = BodyOut()
    task = serializers.CharField()
    due_on = serializers.DateField()
    state = serializers.ChoiceField(AssignmentState.choices)
    accepted_at = serializers.DateTimeField(allow_null=True)
    reported_at = serializers.DateTimeField(allow_null=True)
    updated_at = serializers.DateTimeField()


def to_show(rows: IssueQuerySet) -> IssueQuerySet:
    """Matters with what ``issue`` shows of them, and no more: half of a list's time went into reading the rest."""
    return rows.select_related("category", "building", "entrance__building")


def issue(row: Issue, caller: Caller) -> Data:
    """A matter read with ``to_show``."""
    place = row.entrance.building if row.entrance else row.building
    return {
        "number": row.number,
        "title": row.title,
        "said": row.said if sees(caller, row, "said") else None,
        "category": category(row.category),
        "place": {
            "building": place.number if place else None,
            "entrance": row.entrance.number if row.entrance else None,
            "note": row.place_note if sees(caller, row, "place_note") else None,
        },
        "openness": row.openness,
        "step": row.step,
        "outcome": row.outcome or None,
        "due_on": row.due_on,
        "due_at": row.due_at,
        "recorded_at": row.created_at,
        "updated_at": row.updated_at,
        "closed_at": row.closed_at,
    }


def category(row: Category) -> Data:
    return {"id": row.pk, "name": row.name, "name_en": row.name_en}


def step(row: StepRecord, *, with_note: bool) -> Data:
    return {
        "from_step": row.from_step or None,
        "to_step": row.to_step,
        "at": row.at,
        "outcome": row.outcome or None,
        "note": row.note if with_note else None,
    }


def assignment(row: Assignment) -> Data:
    return {
        "id": row.pk,
        "issue": row.issue.number,
        "body": {"kind": row.body.kind, "name": row.body.name},
        "task": row.task,
        "due_on": row.due_on,
        "state": row.state,
        "accepted_at": row.accepted_at,
        "reported_at": row.reported_at,
        "updated_at": row.updated_at,
    }


class DecisionOut(serializers.Serializer[Any]):
    """What the four parties made of one matter."""

    issue = serializers.CharField()
    outcome = serializers.ChoiceField(DecisionOutcome.choices)
    text = serializers.CharField()
    body = BodyOut(allow_null=True)
    due_on = serializers.DateField(allow_null=True)


@extend_schema_serializer(examples=examples.of(examples.MEETING))
class MeetingOut(serializers.Serializer[Any]):
    """One meeting, its agenda and what was decided; matters that the one who asks may not know of are left out."""

    number = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    venue = serializers.CharField()
    cancelled = serializers.BooleanField()
    minutes_issued_at = serializers.DateTimeField(allow_null=True)
    agenda = serializers.ListField(child=serializers.CharField())
    decisions = DecisionOut(many=True)


class ListEntryOut(serializers.Serializer[Any]):
    rank = serializers.IntegerField(allow_null=True)
    issue = serializers.CharField()
    title = serializers.CharField()


@extend_schema_serializer(examples=examples.of(examples.ISSUE_LIST))
class IssueListOut(serializers.Serializer[Any]):
    """One published edition of the issue list."""

    edition = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    entries = ListEntryOut(many=True)


@extend_schema_serializer(examples=examples.of(examples.EVALUATION))
class EvaluationOut(serializers.Serializer[Any]):
    """What households think of the result: counted ratings only."""

    ratings = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    outcome = serializers.ChoiceField(Outcome.choices, allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)

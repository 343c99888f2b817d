"""One answer of each kind, for the document. Everything in them is made up."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

_CATEGORY = {"id": 1, "name": "电梯设备", "name_en": "Lifts"}
_BODY = {"kind": "property_company", "name": "和顺物业"}
ISSUE: dict[str, Any] = {
    "number": "2026-0007",
    "title": "3栋电梯夜里异响",
    "said": None,
    "category": _CATEGORY,
    "place": {"building": 3, "entrance": None, "note": None},
    "openness": "public",
    "step": "handle",
    "outcome": None,
    "due_on": "2026-03-20",
    "due_at": None,
    "recorded_at": "2026-03-02T09:30:00Z",
    "updated_at": "2026-03-06T02:15:00Z",
    "closed_at": None,
}
STEP: dict[str, Any] = {
    "from_step": "visit",
    "to_step": "propose",
    "at": "2026-03-03T01:00:00Z",
    "outcome": None,
    "note": None,
}
ASSIGNMENT: dict[str, Any] = {
    "id": 12,
    "issue": "2026-0007",
    "body": _BODY,
    "task": "更换制动器，并写明检修结果。",
    "due_on": "2026-03-20",
    "state": "accepted",
    "accepted_at": "2026-03-06T02:15:00Z",
    "reported_at": None,
    "updated_at": "2026-03-06T02:15:00Z",
}
MEETING: dict[str, Any] = {
    "number": 4,
    "starts_at": "2026-03-05T11:30:00Z",
    "venue": "党群服务站",
    "cancelled": False,
    "minutes_issued_at": "2026-03-06T01:00:00Z",
    "agenda": ["2026-0007"],
    "decisions": [
        {
            "issue": "2026-0007",
            "outcome": "consensus",
            "text": "更换制动器，并写明检修结果。",
            "body": _BODY,
            "due_on": "2026-03-20",
        }
    ],
}
ISSUE_LIST: dict[str, Any] = {
    "edition": 2,
    "published_at": "2026-03-04T08:00:00Z",
    "entries": [{"rank": 1, "issue": "2026-0007", "title": "3栋电梯夜里异响"}],
}
EVALUATION: dict[str, Any] = {"ratings": 6, "mean": 4.5, "outcome": "solved", "closed_at": "2026-04-01T08:00:00Z"}
TAKEN: dict[str, Any] = {"number": "2026-0008", "openness": "confidential"}


def of(value: Any) -> list[OpenApiExample]:
    """As ``extend_schema_serializer`` takes it."""
    return [OpenApiExample("Example", value, response_only=True, status_codes=["200", "201", "202"])]

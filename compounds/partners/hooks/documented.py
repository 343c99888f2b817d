"""What webhooks bring, for the document (OpenAPI 3.1, ``webhooks``): each type of event with an example of its body."""

from typing import Any

from compounds.partners.models import EventType
from compounds.partners.models.event import scope_for

type Told = dict[str, Any]
_AT = "2026-03-06T02:00:00Z"
_TASK: Told = {"issue": "2026-0007", "assignment": 12, "state": "accepted"}
# Of each type: when it is told, and what its ``data`` holds besides the compound. Everything in them is made up.
EVENTS: dict[EventType, tuple[str, Told]] = {
    EventType.ISSUE_RECORDED: (
        "A matter was written down.",
        {"issue": "2026-0007", "from_step": None, "to_step": "visit"},
    ),
    EventType.ISSUE_MOVED: (
        "A matter came to another step.",
        {"issue": "2026-0007", "from_step": "meet", "to_step": "handle"},
    ),
    EventType.ISSUE_RATED: ("A household rated what came of a matter.", {"issue": "2026-0007"}),
    EventType.LIST_PUBLISHED: ("An issue list was published.", {"edition": 2}),
    EventType.MEETING_CONVENED: ("A meeting was called.", {"meeting": 4}),
    EventType.MEETING_CANCELLED: ("A meeting was cancelled.", {"meeting": 4}),
    EventType.MEETING_MINUTES_ISSUED: ("The minutes of a meeting were issued.", {"meeting": 4}),
    EventType.ASSIGNMENT_CHANGED: ("A task was handed out or came to another state.", _TASK),
    EventType.ASSIGNMENT_REPORTED: ("Progress of a task was reported; its state stays.", _TASK),
    EventType.POSTING_PUT_UP: ("Something was posted.", {"posting": 31, "kind": "result"}),
    EventType.NOTICE_PUBLISHED: ("A notice was published.", {"notice": 8, "kind": "activity"}),
    EventType.NOTICE_WITHDRAWN: ("A notice was taken back or replaced.", {"notice": 8, "kind": "activity"}),
    EventType.ACTIVITY_PLANNED: ("An activity was planned.", {"activity": 5, "state": "planned"}),
    EventType.ACTIVITY_CHANGED: ("Something else is said about an activity.", {"activity": 5, "state": "planned"}),
    EventType.ACTIVITY_MOVED: ("An activity was moved to another time.", {"activity": 5, "state": "planned"}),
    EventType.ACTIVITY_CANCELLED: ("An activity was cancelled.", {"activity": 5, "state": "cancelled"}),
    EventType.ACTIVITY_HELD: ("What came of an activity was written down.", {"activity": 5, "state": "held"}),
}
_HEADERS = {
    "webhook-id": "The same as the body's id, each time that it is sent: what has come before is known by it.",
    "webhook-timestamp": "When it was sent, in seconds since 1970. Refuse what is older than five minutes.",
    "webhook-signature": "One or several of `v1,…`, with a space between; one that is right is enough.",
}
_ANSWERS = {
    "2XX": "Taken. Answer within ten seconds and work afterwards; what the answer says is not read.",
    "410": "It is gone: the webhook is switched off at once.",
    "default": "Not taken, a redirect too: it is sent again for a day, and then the webhook is switched off.",
}


def webhooks(schemas: dict[str, Told]) -> dict[str, Told]:
    """By type, as the document has them; ``schemas`` are its components."""
    return {kind.value: {"post": _told(kind, *said, schemas)} for kind, said in EVENTS.items()}


def _told(kind: EventType, summary: str, data: Told, schemas: dict[str, Told]) -> Told:
    said = {"compound": "xijun", **data}
    example = {"id": "evt_1042", "type": kind.value, "timestamp": _AT, "data": said}
    return {
        "operationId": "on_" + kind.value.replace(".", "_"),
        "summary": summary,
        "description": (
            f"To systems with the scope `{scope_for(kind)}`. Posted to the address that the district entered for you, "
            "signed by the Standard Webhooks specification. `GET /api/v1/events/` gives the same."
        ),
        "tags": ["Webhooks"],
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": told}
            for name, told in _HEADERS.items()
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": _shape(kind, said, schemas),
                    "examples": {"Example": {"value": example}},
                }
            },
        },
        "responses": {status: {"description": told} for status, told in _ANSWERS.items()},
    }


def _shape(kind: EventType, data: Told, schemas: dict[str, Told]) -> Told:
    """An event whose ``data`` holds these of the fields that there are."""
    known = schemas["EventDataOut"]["properties"]
    inside = {"type": "object", "required": list(data), "properties": {name: known[name] for name in data}}
    narrowed = {"type": {"const": kind.value}, "data": inside}
    return {"allOf": [{"$ref": "#/components/schemas/EventOut"}, {"type": "object", "properties": narrowed}]}

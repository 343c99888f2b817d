"""What is put up in public, what is said against it, and of what people are reminded."""

from notices.models.objection import Objection, ObjectionChannel, ObjectionState
from notices.models.posting import PlaceKind, Posting, PostingKind, PostingPlace
from notices.models.reminder import Digest, Reminder, ReminderSettings

__all__ = [
    "Digest",
    "Objection",
    "ObjectionChannel",
    "ObjectionState",
    "PlaceKind",
    "Posting",
    "PostingKind",
    "PostingPlace",
    "Reminder",
    "ReminderSettings",
]

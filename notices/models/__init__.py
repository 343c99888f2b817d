"""What is put up in public, and what is said against it."""

from notices.models.objection import Objection, ObjectionChannel, ObjectionState
from notices.models.posting import PlaceKind, Posting, PostingKind, PostingPlace

__all__ = [
    "Objection",
    "ObjectionChannel",
    "ObjectionState",
    "PlaceKind",
    "Posting",
    "PostingKind",
    "PostingPlace",
]

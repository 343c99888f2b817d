"""What is put up in public and where, and what is said against it."""

from notices.models.objection import Objection, ObjectionChannel, ObjectionState
from notices.models.picture import PictureState, SharePicture
from notices.models.posting import Posting, PostingKind, PostingPlace
from notices.models.spot import SPOT_KINDS, PlaceKind, Spot

__all__ = [
    "SPOT_KINDS",
    "Objection",
    "ObjectionChannel",
    "ObjectionState",
    "PictureState",
    "PlaceKind",
    "Posting",
    "PostingKind",
    "PostingPlace",
    "SharePicture",
    "Spot",
]

"""What is put up in public and where, what is said against it, and of what people are reminded."""

from notices.models.notice import Notice, NoticeKind, NoticePhoto, NoticeState, Target
from notices.models.objection import Objection, ObjectionChannel, ObjectionState
from notices.models.picture import PictureState, SharePicture
from notices.models.posting import Posting, PostingKind, PostingPlace
from notices.models.reminder import Digest, Reminder, ReminderSettings
from notices.models.spot import SPOT_KINDS, PlaceKind, Spot

__all__ = [
    "SPOT_KINDS",
    "Digest",
    "Notice",
    "NoticeKind",
    "NoticePhoto",
    "NoticeState",
    "Objection",
    "ObjectionChannel",
    "ObjectionState",
    "PictureState",
    "PlaceKind",
    "Posting",
    "PostingKind",
    "PostingPlace",
    "Reminder",
    "ReminderSettings",
    "SharePicture",
    "Spot",
    "Target",
]

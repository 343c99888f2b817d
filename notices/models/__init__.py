"""What is put up in public and where, what is said against it, of what people are reminded, and what is sent out."""

from notices.models.delivery import Delivery, DeliveryKind, DeliveryState
from notices.models.notice import Notice, NoticeKind, NoticeState, Target
from notices.models.objection import Objection, ObjectionChannel, ObjectionState
from notices.models.outlet import PERSONAL, ChannelName, Outlet
from notices.models.posting import Posting, PostingKind, PostingPlace
from notices.models.posting_file import SHEETS, FileForm, FileState, PostingFile
from notices.models.reminder import Digest, Reminder
from notices.models.spot import SPOT_KINDS, PlaceKind, Spot

__all__ = [
    "PERSONAL",
    "SHEETS",
    "SPOT_KINDS",
    "ChannelName",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "Digest",
    "FileForm",
    "FileState",
    "Notice",
    "NoticeKind",
    "NoticeState",
    "Objection",
    "ObjectionChannel",
    "ObjectionState",
    "Outlet",
    "PlaceKind",
    "Posting",
    "PostingFile",
    "PostingKind",
    "PostingPlace",
    "Reminder",
    "Spot",
    "Target",
]

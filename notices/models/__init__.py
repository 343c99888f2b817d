"""What is put up in public and where, what is said against it, of what people are reminded, and what is sent out."""

from notices.models.delivery import Delivery, DeliveryKind, DeliveryState
from notices.models.objection import Objection, ObjectionChannel, ObjectionState
from notices.models.outlet import PERSONAL, ChannelName, Outlet
from notices.models.picture import PictureState, SharePicture
from notices.models.posting import Posting, PostingKind, PostingPlace
from notices.models.reminder import Digest, Reminder, ReminderSettings
from notices.models.spot import SPOT_KINDS, PlaceKind, Spot

__all__ = [
    "PERSONAL",
    "SPOT_KINDS",
    "ChannelName",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "Digest",
    "Objection",
    "ObjectionChannel",
    "ObjectionState",
    "Outlet",
    "PictureState",
    "PlaceKind",
    "Posting",
    "PostingKind",
    "PostingPlace",
    "Reminder",
    "ReminderSettings",
    "SharePicture",
    "Spot",
]

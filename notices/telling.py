"""What partners are told of notices: those that hang in public, and nothing of the others.

Call these in the transaction of what they tell.
"""

from compounds.partners import events
from compounds.partners.models import EventType
from notices.models import Notice


def published(notice: Notice) -> None:
    _tell(EventType.NOTICE_PUBLISHED, notice)


def withdrawn(notice: Notice) -> None:
    """It was taken back, or a newer one took its place."""
    _tell(EventType.NOTICE_WITHDRAWN, notice)


def _tell(event: EventType, notice: Notice) -> None:
    if notice.posting_id is not None:
        events.tell(event, {"notice": notice.pk, "kind": notice.kind}, on_board=True, for_members=True)

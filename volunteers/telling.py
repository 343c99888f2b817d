"""What partners are told of activities: those on the public board, and nothing of the others.

Call this in the transaction of what it tells.
"""

from compounds.partners import events
from compounds.partners.models import EventType
from volunteers.models import Activity


def tell(event: EventType, activity: Activity) -> None:
    """What is on the board no more is not told any more either."""
    about = f"activity {activity.pk}"
    if not activity.in_public:
        events.withdraw(about)
        return
    data = {"activity": activity.pk, "state": activity.state}
    events.tell(event, data, about=about, on_board=True, for_members=True)

"""What every compound begins with: one notice board and one residents' WeChat group. Names are data, so Chinese."""

from compounds.registry.models import Compound
from notices.models import PlaceKind, Spot


def plant_spots(compound: Compound) -> None:
    """The article's two places; each compound names its own."""
    Spot.objects.bulk_create(
        [
            Spot(kind=PlaceKind.NOTICE_BOARD, name="公告栏"),
            Spot(kind=PlaceKind.WECHAT_GROUP, name="居民微信群"),
        ]
    )

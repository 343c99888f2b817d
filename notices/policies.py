"""Who may do what with postings, and with the places where they hang."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import settings_pages
from compounds.organisation.models import PostKind
from compounds.organisation.policies import BRANCH, register

TICK = "place.tick"
register(
    TICK,
    {*BRANCH, PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD, PostKind.GRID_WORKER, PostKind.COMMUNITY_WORKER},
)
register("posting.make_picture", BRANCH)
register("spot.change", [PostKind.BRANCH_SECRETARY])
settings_pages.register(
    "settings_spots",
    _("Places for postings"),
    _("Notice boards, WeChat groups and other places; every entrance comes by itself."),
    "spot.change",
)

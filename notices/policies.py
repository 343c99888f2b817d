"""Who may do what with postings."""

from compounds.organisation.models import PostKind
from compounds.organisation.policies import BRANCH, register

TICK = "place.tick"
register(
    TICK,
    {*BRANCH, PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD, PostKind.GRID_WORKER, PostKind.COMMUNITY_WORKER},
)

"""What the ledger of runs can do here: opening a compound, and carrying a community's appointments into it."""

from django.utils.translation import gettext_lazy as _

from compounds.jobs import runs
from compounds.organisation import community_posts
from compounds.organisation.district import opening
from compounds.registry import archiving
from compounds.registry.models import CompoundState

runs.register(community_posts.KIND, community_posts.write_posts, title=_("Posts for a whole community"))
runs.register(opening.KIND, opening.work, title=_("Opening a compound"), state=CompoundState.OPENING)
archiving.after_restoring(community_posts.carry_into)

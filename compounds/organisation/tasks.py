"""What the ledger of runs can do here: opening compounds, carrying a community's appointments into them, the night."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.jobs import nightly, runs
from compounds.organisation import community_posts
from compounds.organisation.district import opening
from compounds.organisation.spreadsheet import taking_in
from compounds.registry import archiving
from compounds.registry.context import compound_context
from compounds.registry.models import CompoundState

SHEETS = "sheets"


def forget_sheets(schema_name: str, day: str) -> None:
    """Drop one compound's uploads that nobody took in; a second run finds none."""
    with compound_context(schema_name):
        taking_in.forget_old(timezone.now())


runs.register(community_posts.KIND, community_posts.write_posts, title=_("Posts for a whole community"))
runs.register(opening.KIND, opening.work, title=_("Opening a compound"), state=CompoundState.OPENING)
archiving.after_restoring(community_posts.carry_into)
runs.register(SHEETS, forget_sheets, title=_("Dropping spreadsheets that nobody took in"))
nightly.register(SHEETS)

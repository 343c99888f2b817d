"""Who may do what with postings."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words, settings_pages
from compounds.organisation.models import PostKind
from compounds.organisation.policies import BRANCH, register

TICK = "place.tick"
register(
    TICK,
    {*BRANCH, PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD, PostKind.GRID_WORKER, PostKind.COMMUNITY_WORKER},
)

READ = "reminder.read"
register(READ, PostKind)
QUIET = "settings.quiet_hours"
register(QUIET, [PostKind.BRANCH_SECRETARY])
settings_pages.register(
    "settings_quiet_hours",
    _("Quiet hours"),
    _("From when to when nobody is reminded of anything, and when the day's digest goes out."),
    QUIET,
)
audit_words.register("settings.quiet_hours", _("Changed the quiet hours"))

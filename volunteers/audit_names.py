"""What the audit entries of volunteering are called on the page of them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words
from volunteers.models import ActivityKind

for _action, _words in {
    "programme.add": _("Added a programme"),
    "programme.change": _("Changed a programme"),
    "venue.add": _("Added a place for activities"),
    "venue.change": _("Changed a place for activities"),
    "partner.add": _("Wrote down an agreement with a partner"),
    "partner.change": _("Changed the agreement with a partner"),
    "activity.plan": _("Planned an activity"),
    "activity.change": _("Changed an activity"),
    "activity.move": _("Moved an activity"),
    "activity.cancel": _("Cancelled an activity"),
    "activity.stop_series": _("Stopped a series of activities"),
    "activity.add_places": _("Added places to an activity"),
    "activity.change_places": _("Changed how many places an activity has"),
    "activity.sum_up": _("Summed up an activity"),
    "activity.reveal_phones": _("Looked at the numbers of those who signed up"),
    "place.reveal_phone": _("Looked at a number of somebody who signed up"),
    "hours.correct": _("Corrected hours"),
    "hours.export": _("Took the hours out as a spreadsheet"),
}.items():
    audit_words.register(_action, _words)
audit_words.register_facts({"activity": _("kind")}, {kind.value: kind.label for kind in ActivityKind})
audit_words.register_facts({"minutes": _("minutes"), "lines": _("lines"), "for_activity": _("activity")}, {})

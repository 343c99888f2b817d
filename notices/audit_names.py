"""What the audit entries about places for postings and quiet hours are called on the page that shows them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words
from notices.models import PlaceKind

for _action, _words in {
    "spot.add": _("Added a place for postings"),
    "spot.rename": _("Renamed a place for postings"),
    "spot.retire": _("Retired a place for postings"),
    "spot.take_up": _("Took a place for postings up again"),
    "settings.quiet_hours": _("Changed the quiet hours"),
}.items():
    audit_words.register(_action, _words)
audit_words.register_facts({"spot": _("kind")}, {kind.value: kind.label for kind in PlaceKind})

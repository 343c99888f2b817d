"""What the audit entries about notices, places for postings and quiet hours are called on the page that shows them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words
from notices.models import NoticeKind, PlaceKind, Target

for _action, _words in {
    "spot.add": _("Added a place for postings"),
    "spot.rename": _("Renamed a place for postings"),
    "spot.retire": _("Retired a place for postings"),
    "spot.take_up": _("Took a place for postings up again"),
    "notice.write": _("Wrote a notice"),
    "notice.change": _("Changed a notice"),
    "notice.approve": _("Approved a notice"),
    "notice.send_back": _("Sent a notice back"),
    "notice.publish": _("Published a notice"),
    "notice.withdraw": _("Withdrew a notice"),
    "settings.quiet_hours": _("Changed the quiet hours"),
}.items():
    audit_words.register(_action, _words)
audit_words.register_facts(
    {"spot": _("kind"), "notice": _("kind"), "target": _("for")},
    {choice.value: choice.label for choices in (PlaceKind, NoticeKind, Target) for choice in choices},
)

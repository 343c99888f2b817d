"""What the audit entries about places and hours are called on the page of them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words

for _action, _words in {
    "place.reveal_phone": _("Looked at a number of somebody who signed up"),
    "hours.correct": _("Corrected hours"),
    "hours.export": _("Took the hours out as a spreadsheet"),
}.items():
    audit_words.register(_action, _words)
audit_words.register_facts({"minutes": _("minutes"), "lines": _("lines"), "for_activity": _("activity")}, {})

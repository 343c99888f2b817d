"""What the demo's own audit entry is called on the page that shows them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words

# The last row of a compound that is loaded whole.
MARK = "demo.load"
audit_words.register(MARK, _("Loaded the demo"))
audit_words.register_facts({"today": _("as of")}, {})

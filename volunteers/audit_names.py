"""What the audit entries about teams and volunteers are called on the page of them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words

for _action, _words in {
    "team.found": _("Founded a team"),
    "team.change": _("Corrected a team"),
    "team.dissolve": _("Dissolved a team"),
    "team.join": _("Enrolled somebody in a team"),
    "team.leave": _("Wrote down that somebody left a team"),
    "team.lead": _("Gave a team its leader"),
    "team.step_down": _("Wrote down that somebody no longer leads a team"),
    "volunteer.enrol": _("Wrote down a volunteer's consent"),
    "volunteer.withdraw": _("Wrote down that a volunteer took their consent back"),
    "volunteer.give_link": _("Made a volunteer's personal link"),
    "volunteer.call_link_back": _("Called a volunteer's personal link back"),
}.items():
    audit_words.register(_action, _words)
audit_words.register_facts({"team": _("team")}, {})

"""What the audit entries about teams, volunteers, places and hours are called on the page of them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words

for _action, _words in {
    "help.reveal_phone": _("Looked at the number of somebody who asked for help"),
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
    "place.reveal_phone": _("Looked at a number of somebody who signed up"),
    "hours.correct": _("Corrected hours"),
    "hours.export": _("Took the hours out as a spreadsheet"),
}.items():
    audit_words.register(_action, _words)
audit_words.register_facts(
    {"team": _("team"), "minutes": _("minutes"), "lines": _("lines"), "activity": _("activity")}, {}
)

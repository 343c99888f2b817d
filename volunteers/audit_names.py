"""What the audit entries of volunteering are called on the page of them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words
from volunteers.models import ActivityKind, HonourFor, HonourKind, SuggestBy

for _action, _words in {
    "help.reveal_phone": _("Looked at the number of somebody who asked for help"),
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
    "honour.agree": _("Wrote down whether somebody is named in public"),
    "honour.withdraw": _("Withdrew an honour"),
    "honour.reward": _("Wrote down a reward"),
    "honour.receipt": _("Wrote down that a reward was received"),
    "honour_kind.add": _("Added a kind of honour"),
    "honour_kind.change": _("Changed a kind of honour"),
}.items():
    audit_words.register(_action, _words)
audit_words.register_facts({"activity": _("kind")}, {kind.value: kind.label for kind in ActivityKind})
audit_words.register_facts(
    {"minutes": _("minutes"), "lines": _("lines"), "team": _("team"), "for_activity": _("activity"), "year": _("year")},
    {},
)
audit_words.register_facts(
    {
        "agreed": _("agreed on"),
        "received_on": _("handed over on"),
        "value": _("worth (yuan)"),
        **{
            field.name: field.verbose_name
            for field in HonourKind._meta.concrete_fields
            if field.name in {"given_to", "suggest_by", "suggest_least", "wording", "posted"}
        },
    },
    {choice.value: choice.label for choices in (HonourFor, SuggestBy) for choice in choices if choice.value},
)

"""What the audit entries of the five steps are called on the page that shows them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words
from consultation.models import BodyKind, ConsultationSettings, LegalBasis, Openness, Party

for _action, _words in {
    "category.add": _("Added a category"),
    "category.change": _("Changed a category"),
    "person.erase": _("Erased a person"),
    "issue.correct": _("Corrected a matter"),
    "issue.set_openness": _("Changed who may know of a matter"),
    "body.add": _("Added a responsible body"),
    "body.change": _("Changed a responsible body"),
    "body.retire": _("Retired a responsible body"),
    "body.take_up": _("Took a responsible body up again"),
    "seat.fill": _("Filled a party's seat"),
    "seat.declare_vacant": _("Declared a party's seat vacant"),
    "council.appoint": _("Appointed a deliberator"),
    "council.end": _("Ended a deliberator's term"),
    "settings.weigh": _("Changed weights and limits"),
    "scoring.link": _("Made a link to score"),
    "scoring.correct": _("Corrected the result of a scoring"),
}.items():
    audit_words.register(_action, _words)

audit_words.register_facts(
    {
        "title": _("Title"),
        "category": _("Category"),
        "building": _("Building"),
        "entrance": _("Entrance"),
        "place_note": _("Place"),
        "old": _("before"),
        "new": _("now"),
        "retitled": _("with a new title:"),
        "party": _("party"),
        "basis": _("legal basis"),
        "ends_on": _("until"),
        "contact_name": _("contact person"),
        "contact_phone": _("contact phone"),
        **{field.name: field.verbose_name for field in ConsultationSettings._meta.concrete_fields},
    },
    {choice.value: choice.label for choices in (Party, LegalBasis, BodyKind, Openness) for choice in choices},
)

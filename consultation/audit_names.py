"""What the audit entries of the five steps are called on the page that shows them."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words
from compounds.workdays.limits import Unit
from consultation.limits import LIMITS
from consultation.models import BodyKind, ConsultationSettings, LegalBasis, Openness, Party
from consultation.steps import Step

for _action, _words in {
    "care.begin": _("Put a household on the care list"),
    "care.change": _("Changed an entry of the care list"),
    "care.end": _("Ended an entry of the care list"),
    "category.add": _("Added a category"),
    "category.change": _("Changed a category"),
    "person.erase": _("Erased a person"),
    "issue.correct": _("Corrected a matter"),
    "issue.set_openness": _("Changed who may know of a matter"),
    "voice.agree_to_ring": _("Agreed to be called"),
    "voice.take_back_ring": _("Took back that they may be called"),
    "body.add": _("Added a responsible body"),
    "body.change": _("Changed a responsible body"),
    "body.retire": _("Retired a responsible body"),
    "body.take_up": _("Took a responsible body up again"),
    "seat.fill": _("Filled a party's seat"),
    "seat.declare_vacant": _("Declared a party's seat vacant"),
    "council.appoint": _("Appointed a deliberator"),
    "council.end": _("Ended a deliberator's term"),
    "category.limits": _("Changed the time limits of a category"),
    "settings.weigh": _("Changed weights"),
    "settings.clocks": _("Changed time limits"),
    "settings.scoring": _("Changed the quarterly scoring"),
    "scoring.link": _("Made a link to score"),
    "scoring.correct": _("Corrected the result of a scoring"),
}.items():
    audit_words.register(_action, _words)

audit_words.register_facts(
    {
        "title": _("Title"),
        "issue": _("matter"),
        "quarter": _("Quarter"),
        "handler": _("through a link, by"),
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
        # A step has a limit in days and, when urgent, one in hours: they bear the same title.
        **{key: format_lazy("{} ({})", at.title, _("in hours")) for key, at in LIMITS.items() if at.unit == Unit.HOURS},
        **{step.value: step.label for step in Step},
    },
    {choice.value: choice.label for choices in (Party, LegalBasis, BodyKind, Openness) for choice in choices},
)

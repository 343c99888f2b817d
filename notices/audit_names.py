"""What the audit entries about notices, places, quiet hours, robots and deliveries are called on the page of them."""

from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit_words
from notices.models import DeliveryKind, NoticeKind, PlaceKind, Target

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
    "robot.add": _("Added a robot of a group"),
    "robot.change": _("Changed a robot of a group"),
    "robot.retire": _("Took a robot out of use"),
    "robot.take_up": _("Used a robot again"),
    "robot.test": _("Had a robot say a test message"),
    "delivery.send_again": _("Had something sent again"),
    "delivery.it_arrived": _("Said that something had arrived"),
}.items():
    audit_words.register(_action, _words)
audit_words.register_facts(
    {"spot": _("kind"), "notice": _("kind"), "target": _("for")},
    {choice.value: choice.label for choices in (PlaceKind, NoticeKind, Target) for choice in choices},
)
audit_words.register_facts(
    {"robot_of": _("group of"), "new_address": _("new address"), "delivery": _("message")},
    {kind.value: kind.label for kind in DeliveryKind},
)

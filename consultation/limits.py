"""The limits of the five steps and of escalation: what they are called and what holds unless somebody sets it.

Ordinary steps take working days, urgent matters clock hours (domain: Owners of work and escalation). The district sets
them for all compounds (``compounds.workdays.limits``), a compound for itself, a category for one of its steps.
"""

from django.utils.translation import gettext_lazy as _

from compounds.workdays import limits
from compounds.workdays.limits import Limit, Unit
from consultation import steps

_STEPS = _("Working days for each step")
_URGENT = _("Clock hours for what is urgent")
_ESCALATION = _("When it goes one level up")

LIMITS: dict[str, Limit] = {
    limit.key: limit
    for limit in (
        *(
            Limit(f"{step.value}_days", step.label, Unit.WORKING_DAYS, days, highest=250, group=_STEPS)
            for step, days in steps.LIMITS.items()
        ),
        *(
            Limit(f"{step.value}_hours", step.label, Unit.HOURS, hours, highest=720, group=_URGENT)
            for step, hours in steps.URGENT_LIMITS.items()
        ),
        Limit(
            "escalate_first_days",
            _("First level up, when it is late by"),
            Unit.WORKING_DAYS,
            2,
            highest=60,
            group=_ESCALATION,
            help=_("Working days. From a neighbour lead to the steward, from a body to its supervisor."),
        ),
        Limit(
            "escalate_next_days",
            _("Each further level, after"),
            Unit.WORKING_DAYS,
            3,
            highest=60,
            group=_ESCALATION,
            help=_("Working days more."),
        ),
        Limit(
            "escalate_hours",
            _("Each level of an urgent matter, after"),
            Unit.HOURS,
            4,
            highest=240,
            group=_ESCALATION,
            help=_("Clock hours."),
        ),
        Limit(
            "office_days",
            _("Days in which the branch answers the street or district"),
            Unit.WORKING_DAYS,
            5,
            highest=60,
            group=_ESCALATION,
            help=_("Working days. At the last level the office above demands an answer."),
        ),
    )
}
for _limit in LIMITS.values():
    limits.register(_limit)

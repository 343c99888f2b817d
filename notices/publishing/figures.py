"""What the district counts of notices."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from compounds.oversight import periods
from compounds.oversight.figures import Figure, Good, Kind, Over, Value, register
from notices.models import Notice, NoticeKind

_FAMILY = _("Notices")
PUBLISHED = Figure(
    key="notices",
    name=_("Notices published"),
    definition=_("Notices published this quarter, those withdrawn since included."),
    kind=Kind.COUNT,
    good=Good.NEITHER,
    over=Over.QUARTER,
    family=_FAMILY,
)
AGAINST_FRAUD = Figure(
    key="notices_anti_fraud",
    name=_("Notices against fraud"),
    definition=_("Notices of the kind “against fraud” published this quarter, those withdrawn since included."),
    kind=Kind.COUNT,
    good=Good.UP,
    over=Over.QUARTER,
    family=_FAMILY,
)
UP = Figure(
    key="notices_up",
    name=_("Notices that are up"),
    definition=_("Notices that are published, not withdrawn and within their period today."),
    kind=Kind.COUNT,
    good=Good.NEITHER,
    over=Over.NOW,
    family=_FAMILY,
)


def _count(on: date) -> dict[str, Value]:
    quarter = periods.quarter_to(on)
    published = Notice.objects.filter(starts_on__gte=quarter.first, starts_on__lte=quarter.last)
    return {
        PUBLISHED.key: Value(published.count()),
        AGAINST_FRAUD.key: Value(published.filter(kind=NoticeKind.ANTI_FRAUD).count()),
        UP.key: Value(Notice.objects.up(on).count()),
    }


register(PUBLISHED, AGAINST_FRAUD, UP, count=_count)

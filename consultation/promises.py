"""The promise ledger: what each body has promised, kept, late and open; every figure leads to its rows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from compounds.organisation.models import Person
from consultation.models import Assignment

KEPT, LATE, OPEN = "kept", "late", "open"


def condition(what: str, day: date) -> Q:
    """Kept: reported done in time. Late: reported later, or still not though the day has passed. Open: the rest."""
    unreported = Q(reported_at__isnull=True)
    reported_in_time = Q(reported_at__date__lte=F("due_on"))
    return {
        KEPT: Q(reported_at__isnull=False) & reported_in_time,
        LATE: (Q(reported_at__isnull=False) & ~reported_in_time) | (unreported & Q(due_on__lt=day)),
        OPEN: unreported & Q(due_on__gte=day),
    }[what]


@dataclass(frozen=True)
class Line:
    """One body's promises."""

    body: int
    name: str
    kept: int
    late: int
    open: int
    nudged: int

    @property
    def all(self) -> int:
        return self.kept + self.late + self.open


def ledger(person: Person | None, day: date) -> list[Line]:
    """By body, those with the most promises first. One query; what this reader may not know of is not counted."""
    rows = (
        promised(person)
        .values("body", "body__name")
        .annotate(
            in_time=Count("pk", filter=condition(KEPT, day), distinct=True),
            too_late=Count("pk", filter=condition(LATE, day), distinct=True),
            still_open=Count("pk", filter=condition(OPEN, day), distinct=True),
            nudged=Count("nudges"),
        )
        .order_by("body__name")
    )
    return [Line(r["body"], r["body__name"], r["in_time"], r["too_late"], r["still_open"], r["nudged"]) for r in rows]


def promised(person: Person | None) -> QuerySet[Assignment]:
    """Every promise that counts: what the branch took back does not."""
    return Assignment.objects.visible_to(person).standing()

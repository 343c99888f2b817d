"""Open matters that may be the one being recorded, so that a voice is added instead of writing it down twice."""

from django.db.models import Q

from compounds.organisation.models import Building, Person
from consultation.models import Category, Issue
from consultation.similarity import Text, ranked

_CANDIDATES = 300
_OFFERED = 5


def similar_open(
    *, title: str, said: str, category: Category, building: Building | None, viewer: Person | None
) -> list[Issue]:
    """The most alike first, at most five: of the same category and the same building, or of the whole compound."""
    rows = Issue.objects.visible_to(viewer).open().filter(category=category)
    if building:
        rows = rows.filter(Q(building=building) | Q(building=None))
    newest = rows.with_place().with_voices().order_by("-updated_at", "-pk")[:_CANDIDATES]
    candidates = [(issue, Text(issue.title, issue.said)) for issue in newest]
    return ranked(Text(title, said), candidates, most=_OFFERED)

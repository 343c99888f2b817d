"""From which figures of the five steps people are suggested for an honour; ``volunteers`` finds this module by name."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compounds.organisation.models import Post, PostKind
from consultation.models import Award, Issue, Visit
from consultation.models.step1_visit import IN_TOUCH
from volunteers import suggesting
from volunteers.models import SuggestBy
from volunteers.suggesting import Figures


def stewardship(year: int) -> dict[int, Figures]:
    """Of each steward of the year: at how many doors they spoke with somebody, and how many matters they brought."""
    served = Post.objects.filter(kind=PostKind.BUILDING_STEWARD, starts_on__year__lte=year)
    stewards = set(served.exclude(ends_on__year__lt=year).values_list("person", flat=True))
    visits = Visit.objects.filter(by__in=stewards, visited_on__year=year, outcome__in=IN_TOUCH).order_by()
    doors = dict(visits.values_list("by").annotate(Count("household", distinct=True)))
    issues = Issue.objects.filter(recorded_by__in=stewards, year=year).order_by()
    matters = dict(issues.values_list("recorded_by").annotate(Count("pk")))
    return {
        person: {"value": doors.get(person, 0), "matters": matters.get(person, 0)}
        for person in stewards
        if person in doors
    }


def stewardship_in_words(facts: Figures) -> str:
    doors = ngettext("spoke with %(count)s household", "spoke with %(count)s households", facts["value"])
    matters = ngettext("brought %(count)s matter", "brought %(count)s matters", facts["matters"])
    return _("%(doors)s, %(matters)s") % {
        "doors": doors % {"count": facts["value"]},
        "matters": matters % {"count": facts["matters"]},
    }


def awards(year: int) -> dict[int, Figures]:
    """Who won a quarter's scoring in the year."""
    rows = Award.objects.filter(round__year=year).order_by().values_list("person").annotate(Count("pk"))
    return {person: {"value": won} for person, won in rows}


def awards_in_words(facts: Figures) -> str:
    count = facts["value"]
    said = ngettext(
        "most satisfying deliberator in %(count)s quarter", "most satisfying deliberator in %(count)s quarters", count
    )
    return said % {"count": count}


suggesting.register(SuggestBy.STEWARDSHIP, figures=stewardship, words=stewardship_in_words)
suggesting.register(SuggestBy.SCORING, figures=awards, words=awards_in_words)

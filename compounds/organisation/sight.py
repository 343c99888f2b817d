"""Who sees which doors and which people (domain: Openness). Outside the branch, doors show as building and entrance.

Rights come from posts valid today; district staff (None) see what every member sees.
"""

from datetime import date

from django.db.models import Q, QuerySet

from compounds.organisation.models import Household, Person, Post, PostKind

# The branch, and the community's people who walk the whole compound.
_WHOLE_COMPOUND = frozenset(
    {
        PostKind.GENERAL_SECRETARY,
        PostKind.COMMUNITY_WORKER,
        PostKind.GRID_WORKER,
        PostKind.BRANCH_SECRETARY,
        PostKind.BRANCH_COMMITTEE,
    }
)
_OWN_DOORS = frozenset({PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD})


def sees_everybody(viewer: Person | None) -> bool:
    """Whether doors and people of the whole compound are open to this viewer."""
    return viewer is not None and bool(viewer.kinds & _WHOLE_COMPOUND)


def households_visible_to(viewer: Person | None) -> QuerySet[Household]:
    """The doors whose number, occupancy and people this viewer may see."""
    if viewer is None:
        return Household.objects.none()
    if sees_everybody(viewer):
        return Household.objects.all()
    units = [post.unit_id for post in viewer.serving if post.kind in _OWN_DOORS]
    return Household.objects.filter(Q(entrance__building__unit__in=units) | Q(group__in=units))


def people_holding_posts(on: date) -> QuerySet[Person]:
    """Those who serve on that day; everybody who may enter knows them."""
    return Person.objects.filter(pk__in=Post.objects.serving(on).values("person"))


def people_listed_for(viewer: Person | None, on: date) -> QuerySet[Person]:
    """The people that this viewer may search through."""
    return Person.objects.people() if sees_everybody(viewer) else people_holding_posts(on)


def people_visible_to(viewer: Person | None, on: date) -> QuerySet[Person]:
    """The people whose page this viewer may open: those listed, those behind the viewer's own doors, and oneself."""
    if viewer is None or sees_everybody(viewer):
        return people_listed_for(viewer, on)
    own = Q(pk=viewer.pk) | Q(household__in=households_visible_to(viewer))
    return Person.objects.filter(own | Q(pk__in=people_holding_posts(on)))


def contacts_visible_to(viewer: Person | None) -> QuerySet[Person]:
    """The people whose door and masked phone number this viewer may see."""
    if viewer is None:
        return Person.objects.none()
    if sees_everybody(viewer):
        return Person.objects.people()
    return Person.objects.filter(Q(pk=viewer.pk) | Q(household__in=households_visible_to(viewer)))

"""The four-level tree, one building, one door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compounds.organisation import neighbour_pages, selectors
from compounds.organisation.authority import kinds_given_by
from compounds.organisation.models import Building, contact_rhythm
from compounds.organisation.policies import allows
from compounds.organisation.sight import contacts_visible_to, households_visible_to, sees_everybody


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "nav": "tree",
        "tree": selectors.tree(timezone.localdate(now)),
        "rhythm": contact_rhythm(),
        "gives": _gives(request),
        "pages": neighbour_pages.lines_for(request.person, now),
    }
    return render(request, "organisation/tree.html", context)


@require_safe
def building(request: HttpRequest, number: int) -> HttpResponse:
    one = get_object_or_404(Building.objects.select_related("unit__parent"), number=number)
    page = selectors.building_page(one, viewer=request.person, on=timezone.localdate())
    context = {
        "nav": "tree",
        "page": page,
        "rhythm": contact_rhythm(),
        "gives": _gives(request),
        "sees_all": sees_everybody(request.person),
    }
    return render(request, "organisation/building.html", context)


@require_safe
def household(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    rows = households_visible_to(request.person).select_related("entrance__building__unit", "group")
    one = get_object_or_404(rows, pk=pk)
    people = selectors.with_posts(contacts_visible_to(request.person).filter(household=one), today)
    context = {
        "nav": "tree",
        "household": one,
        "state": selectors.door_state(one, today),
        "lead": one.group and one.group.posts.serving(today).select_related("person").first(),
        "people": people,
    }
    return render(request, "organisation/household.html", context)


def _gives(request: HttpRequest) -> list[str]:
    """The posts to which the pages offer this reader to appoint somebody."""
    return list(kinds_given_by(request.person)) if allows("post.appoint", request.person) else []

"""The people of the compound: a list to search through, and one person with posts and history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compounds.accounts.models import Invitation, User
from compounds.kernel.pagination import keyset_page
from compounds.organisation import selectors
from compounds.organisation.authority import kinds_given_by
from compounds.organisation.forms import PeopleFilter
from compounds.organisation.models import Person, PostKind, post_title
from compounds.organisation.policies import allows
from compounds.organisation.settings_pages import person_pages_for
from compounds.organisation.sight import contacts_visible_to, people_listed_for, people_visible_to, sees_everybody


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = PeopleFilter(request.GET)
    rows = people_listed_for(request.person, today)
    rows = form.narrow(rows, today) if form.is_valid() else rows.none()
    rows = selectors.with_posts(rows.select_related("household__entrance__building__unit"), today)
    context = {
        "nav": "tree",
        "form": form,
        "kinds": [(kind.value, post_title(kind)) for kind in PostKind],
        "page": keyset_page(request, rows, by="id"),
        "sees_all": sees_everybody(request.person),
    }
    return render(request, "organisation/people.html", context, status=200 if form.is_valid() else 422)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    rows = people_visible_to(request.person, today).select_related("household__entrance__building__unit")
    one = get_object_or_404(rows, pk=pk)
    present, earlier = selectors.posts_of(one, today)
    context = {
        "nav": "tree",
        "one": one,
        "present": present,
        "earlier": earlier,
        "gives": kinds_given_by(request.person),
        "contact": contacts_visible_to(request.person).filter(pk=one.pk).exists(),
        "person_pages": person_pages_for(request.person),
        **_login_of(request, one),
    }
    return render(request, "organisation/person.html", context)


def _login_of(request: HttpRequest, one: Person) -> dict[str, Any]:
    """For those who may invite: whether the person has a login already, or a link that still works."""
    if one.user_id is None or not allows("person.invite", request.person):
        return {"user_of": None}
    return {
        "user_of": User.objects.filter(pk=one.user_id).first(),
        "link": Invitation.objects.filter(user=one.user_id).open(timezone.now()).first(),
        "may_invite": allows("person.invite", request.person, one),
    }

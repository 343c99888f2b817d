"""A compound's branch secretary and general secretary, appointed and ended by the district."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from compounds.accounts.models import User
from compounds.kernel.words import facts_in_line, listed
from compounds.organisation import appointments
from compounds.organisation.district.forms import SECRETARIES, EndForm, SecretaryForm
from compounds.organisation.district.links import needs_link, shows_link
from compounds.organisation.models import Person, Post, PostKind, Unit, post_title
from compounds.organisation.models.people import LEVEL_OF_POST
from compounds.organisation.newcomers import appoint_newcomer
from compounds.organisation.web.appointments import TermOver
from compounds.registry.admin import compound_pages
from compounds.registry.admin.compound_pages import Page, Visit, address
from compounds.registry.context import compound_context
from compounds.registry.models import Compound

_TITLE = gettext_lazy("Secretaries")


@require_http_methods(["GET", "HEAD", "POST"])
def secretaries(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who holds the two posts, and a form that gives them."""
    today = timezone.localdate()
    with compound_context(visit.compound.schema_name):
        held = list(
            Post.objects.filter(kind__in=SECRETARIES).exclude(ends_on__lt=today).select_related("person", "unit")
        )
        form = SecretaryForm(
            request.POST if request.method == "POST" else None,
            people=_who_serves(),
            held=held,
            initial={"starts_on": today, "kind": PostKind.BRANCH_SECRETARY},
        )
        if form.is_valid():
            post = _appoint(form.cleaned_data, visit)
            return _appointed(request, visit, post)
        lines = [(post, address("secretary_end", visit.compound.pk, post=post.pk)) for post in held]
        missing = [post_title(kind) for kind in SECRETARIES if all(post.kind != kind for post, _url in lines)]
        shown = {"form": form, "lines": lines, "missing": missing}
        status = 422 if request.method == "POST" else 200
        return visit.answer(request, "organisation/district/secretaries.html", status=status, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, visit: Visit, post: int) -> HttpResponse:
    """Let a secretary's term end."""
    today = timezone.localdate()
    with compound_context(visit.compound.schema_name):
        rows = Post.objects.filter(kind__in=SECRETARIES).select_related("person", "unit")
        one = get_object_or_404(rows, pk=post)
        if one.ends_on and one.ends_on < today:
            raise TermOver(name=one.person, day=one.ends_on)
        form = EndForm(request.POST if request.method == "POST" else None, initial={"ends_on": today})
        if form.is_valid():
            appointments.end(one, on=form.cleaned_data["ends_on"], by=visit.by)
            messages.success(request, _("The term of %(name)s has its last day now.") % {"name": one.person})
            return redirect(address("secretaries", visit.compound.pk))
        shown = {"form": form, "post": one, "above": [(_TITLE, address("secretaries", visit.compound.pk))]}
        status = 422 if request.method == "POST" else 200
        return visit.answer(request, "organisation/district/secretary_end.html", status=status, **shown)


def _who_serves() -> list[tuple[int, str]]:
    """Those who have a login here, with what they do; only they may be chosen."""
    people = Person.objects.exclude(user_id=None).filter(erased_at=None).prefetch_related("posts__unit")
    found = []
    for person in people:
        titles = dict.fromkeys(post_title(post.kind) for post in person.posts.all())
        found.append((person.pk, facts_in_line([person.name, listed(titles)])))
    return found


def _appoint(sheet: dict[str, Any], visit: Visit) -> Post:
    kind = PostKind(sheet["kind"])
    term: dict[str, Any] = {
        "kind": kind,
        "unit": Unit.objects.get(level=LEVEL_OF_POST[kind]),
        "starts_on": sheet["starts_on"],
        "ends_on": sheet["ends_on"],
        "by": visit.by,
    }
    if sheet["person"]:
        return appointments.appoint(Person.objects.get(pk=sheet["person"]), **term)
    return appoint_newcomer(sheet["name"], phone="", **term)


def _appointed(request: HttpRequest, visit: Visit, post: Post) -> HttpResponse:
    said = _("%(name)s holds the post now: %(post)s.") % {"name": post.person, "post": post.get_kind_display()}
    back = address("secretaries", visit.compound.pk)
    user = User.objects.get(pk=post.person.user_id or 0)
    if needs_link(request, user):
        context = {"opts": Compound._meta, "original": visit.compound, "onward": (_TITLE, back)}
        return shows_link(request, user, by=visit.by, said=said, **context)
    messages.success(request, said)
    return redirect(back)


compound_pages.register(Page("secretaries", _TITLE, "secretaries/", secretaries))
compound_pages.register(
    Page("secretary_end", gettext_lazy("End the term"), "secretaries/<int:post>/end/", end, listed=False)
)

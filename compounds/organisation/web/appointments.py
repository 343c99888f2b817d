"""Appointing somebody, ending a term, and the one-time link by which an appointed person begins."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from compounds.accounts.qr import qr_svg
from compounds.kernel.errors import DomainError
from compounds.organisation import appointments, newcomers, selectors
from compounds.organisation.forms import AppointmentForm, AppointmentStart, EndForm
from compounds.organisation.links import has_begun, new_link
from compounds.organisation.models import Person, Post, PostKind
from compounds.organisation.policies import may, require

_FOUND = 8


class TermOver(DomainError):
    """The term has ended; what has been is not changed."""

    code = "term_over"
    title = gettext_lazy("This term has ended already")
    message = gettext_lazy("%(name)s held this post until %(day)s.")
    hint = gettext_lazy("If they hold the post again, appoint them anew.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@may("post.appoint")
def appoint(request: HttpRequest) -> HttpResponse:
    """Give a post to somebody known here or to somebody new; a newcomer's link is shown once, in the answer."""
    if request.method != "POST":
        known = AppointmentStart(request.GET).known()
        form = AppointmentForm(by=request.person, initial={"starts_on": timezone.localdate(), **known})
        return _appointment_page(request, form, known)
    form = AppointmentForm(request.POST, by=request.person)
    if not form.is_valid():
        return _appointment_page(request, form, form.cleaned_data, status=422)
    post = _appoint(form.cleaned_data, by=request.person)
    if has_begun(post.person):
        messages.success(request, _("%(name)s holds the post now.") % {"name": post.person})
        return redirect("person", post.person_id)
    return _invitation_page(request, post.person, post)


@require_http_methods(["GET", "HEAD", "POST"])
@may("post.end")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("person", "unit"), pk=pk)
    require("post.end", request.person, post)
    today = timezone.localdate()
    if post.ends_on and post.ends_on < today:
        raise TermOver(name=post.person, day=date_format(post.ends_on))
    form = EndForm(request.POST or None, post=post, initial={"ends_on": today})
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "organisation/end.html", {"nav": "tree", "post": post, "form": form}, status=status)
    appointments.end(post, on=form.cleaned_data["ends_on"], by=request.person)
    messages.success(request, _("The term of %(name)s has its last day now.") % {"name": post.person})
    return redirect("person", post.person_id)


@never_cache
@require_POST
@may("person.invite")
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Person, pk=pk)
    require("person.invite", request.person, one)
    return _invitation_page(request, one, None)


def _appoint(sheet: dict[str, Any], *, by: Person) -> Post:
    term = {
        "kind": PostKind(sheet["kind"]),
        "unit": sheet["unit"],
        "starts_on": sheet["starts_on"],
        "ends_on": sheet["ends_on"],
        "by": by,
    }
    if sheet["person"]:
        return appointments.appoint(sheet["person"], **term)
    return newcomers.appoint_newcomer(sheet["name"], phone=sheet["phone"], **term)


def _appointment_page(
    request: HttpRequest, form: AppointmentForm, known: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    found = Person.objects.people().filter(name__icontains=known["q"]) if known.get("q") else Person.objects.none()
    found = found.select_related("household__entrance__building__unit")
    context = {
        "nav": "tree",
        "form": form,
        "chosen": known.get("person"),
        "q": known.get("q", ""),
        "found": selectors.with_posts(found, timezone.localdate())[:_FOUND],
        "kind": form["kind"].value() or "",
        "unit": form["unit"].value() or "",
    }
    return render(request, "organisation/appoint.html", context, status=status)


def _invitation_page(request: HttpRequest, person: Person, post: Post | None) -> HttpResponse:
    """The link is known in this answer only: of its token just a hash is kept."""
    token = new_link(person, now=timezone.now(), by=request.person)
    # Outside the compound, so reverse() with the compound's prefix would not find it.
    link = request.build_absolute_uri(f"/invite/{token}/")
    context = {"nav": "tree", "one": person, "post": post, "link": link, "qr": qr_svg(link)}
    return render(request, "organisation/invitation.html", context)

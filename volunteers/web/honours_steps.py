"""The steps of honours: approving, putting up and giving those that are ticked; dropping, withdrawing, agreeing."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from compounds.organisation.policies import may
from compounds.organisation.upkeep.web.answers import form_page, posted
from volunteers import honours_wall, policies
from volunteers.forms.honours import AgreementForm, ChosenForm, WhyForm
from volunteers.honoured import may_be_named
from volunteers.models import Honour, HonourState
from volunteers.services import honours as service
from volunteers.services import honours_agreed, honours_given, honours_posted
from volunteers.web.honours import honour_or_404

_FORM = ["GET", "HEAD", "POST"]
# How many one reads through before one presses a button for all of them.
_AT_ONCE = 30


@require_http_methods(_FORM)
@may(policies.HONOUR_APPROVE)
def honours_approve(request: HttpRequest) -> HttpResponse:
    """What others proposed; all ticked, so that one takes away whom one doubts."""
    if request.method == "POST":
        done = service.approve(_chosen(request), by=request.person)
        words = ngettext("%(count)s is approved.", "%(count)s are approved.", len(done)) % {"count": len(done)}
        messages.success(request, words)
        return redirect("honours")
    rows = list(_waiting(HonourState.PROPOSED).select_related("proposed_by"))
    mine = _("You proposed it, or it would be yours: somebody else approves it.")
    not_mine = {row.pk: mine for row in rows if request.person.pk in {row.proposed_by_id, row.person_id}}
    return _list_page(request, "approve", rows, not_mine)


@require_http_methods(_FORM)
@may(policies.HONOUR_POST)
def honours_post(request: HttpRequest) -> HttpResponse:
    """Put up what was approved, several on one sheet."""
    if request.method == "POST":
        made = honours_posted.put_up(_chosen(request), today=timezone.localdate(), by=request.person)
        messages.success(request, _("It hangs now; tick each place once it hangs there."))
        return redirect("posting", made.pk)
    rows = list(_waiting(HonourState.APPROVED).filter(kind__posted=True))
    ask = _("Ask them first: they have not agreed to be named in public.")
    return _list_page(request, "post", rows, {row.pk: ask for row in rows if row.person and not may_be_named(row)})


@require_http_methods(_FORM)
@may(policies.HONOUR_GIVE)
def honours_give(request: HttpRequest) -> HttpResponse:
    """Give what hung to its end, and what needs no hanging; why the others cannot be given stands beside them."""
    today = timezone.localdate()
    if request.method == "POST":
        done = honours_given.give(_chosen(request), today=today, by=request.person)
        words = ngettext(
            "%(count)s is given; the certificate is ready.",
            "%(count)s are given; the certificates are ready.",
            len(done),
        )
        messages.success(request, words % {"count": len(done)})
        return redirect("honours")
    found = Honour.objects.filter(state=HonourState.POSTED) | Honour.objects.to_give_at_once()
    rows = list(found.with_receivers().select_related("posting").order_by("year", "kind__position", "pk"))
    objected = honours_given.objected_to(rows)
    why = {row.pk: honours_given.hindrance(row, today, objected) for row in rows}
    return _list_page(request, "give", rows, {key: words for key, words in why.items() if words})


@require_http_methods(_FORM)
@may(policies.HONOUR_POST)
def honour_drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = honour_or_404(request, pk)
    form = WhyForm(posted(request))
    if form.is_valid():
        service.drop(found, **form.cleaned_data, by=request.person)
        messages.success(request, _("Dropped, with its reason."))
        return redirect(found)
    return _why_page(request, found, form, title=_("Why is it not given?"), button=_("Drop it"))


@require_http_methods(_FORM)
@may(policies.HONOUR_APPROVE)
def honour_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    found = honour_or_404(request, pk)
    form = WhyForm(posted(request))
    if form.is_valid():
        service.withdraw(found, **form.cleaned_data, by=request.person)
        messages.success(request, _("Withdrawn. Whoever checks the certificate reads that; the number stays."))
        return redirect(found)
    text = _("It leaves the wall. The certificate's page says from now on that it was withdrawn, and not why.")
    return _why_page(request, found, form, title=_("Why is it taken back?"), button=_("Withdraw it"), text=text)


@require_http_methods(_FORM)
@may(policies.HONOUR_PROPOSE)
def honour_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether they want to be named in public: asked by whoever knows them, taken back at any time."""
    found = honour_or_404(request, pk)
    initial = {"agreed": found.agreed_on is not None, "family": found.family}
    form = AgreementForm(posted(request), honour=found, initial=initial)
    if form.is_valid():
        agreed_on = (found.agreed_on or timezone.localdate()) if form.cleaned_data["agreed"] else None
        family = form.cleaned_data.get("family", "")
        honours_agreed.agree(found, agreed_on=agreed_on, family=family, by=request.person)
        messages.success(request, _("Written down."))
        return redirect(found)
    title = _("Do they agree to be named?")
    return _why_page(request, found, form, title=title, button=_("Write it down"))


def _waiting(state: HonourState) -> Any:
    return Honour.objects.filter(state=state).with_receivers().order_by("year", "kind__position", "pk")


def _chosen(request: HttpRequest) -> Iterable[Honour]:
    form = ChosenForm(request.POST, rows=Honour.objects.all())
    return list(form.cleaned_data["honour"]) if form.is_valid() else []


def _list_page(request: HttpRequest, step: str, rows: list[Honour], why: dict[int, str]) -> HttpResponse:
    lines = honours_wall.lines_for(request.person, rows)
    able = [one for one in lines if one.honour.pk not in why]
    unable = [(one, why[one.honour.pk]) for one in lines if one.honour.pk in why]
    context = {
        "nav": "board",
        "step": step,
        "able": able[:_AT_ONCE],
        "later": len(able[_AT_ONCE:]),
        "unable": unable[:_AT_ONCE],
        "unable_later": len(unable[_AT_ONCE:]),
    }
    return render(request, "volunteers/honours_pick.html", context)


def _why_page(
    request: HttpRequest, found: Honour, form: Any, *, title: str, button: str, text: str = ""
) -> HttpResponse:
    name = honours_wall.lines_for(request.person, [found])[0].name
    words = text or f"{name} · {found.kind} · {found.year}"
    return form_page(
        request, form, title=title, text=words, back=(found.get_absolute_url(), name), button=button, nav="board"
    )


urlpatterns = [
    path("honours/approval/", honours_approve, name="honours_approve"),
    path("honours/posting/", honours_post, name="honours_post"),
    path("honours/giving/", honours_give, name="honours_give"),
    path("honours/<int:pk>/dropping/", honour_drop, name="honour_drop"),
    path("honours/<int:pk>/withdrawal/", honour_withdrawal, name="honour_withdrawal"),
    path("honours/<int:pk>/agreement/", honour_agreement, name="honour_agreement"),
]

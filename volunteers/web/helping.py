"""Requests for help on screen: asked at a door, who is asked to help, done, thanked."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compounds.kernel.pagination import keyset_page
from compounds.organisation.forms_reveal import RevealForm
from compounds.organisation.models import Household
from compounds.organisation.policies import allows, may, require
from compounds.organisation.sight import households_visible_to
from volunteers import matching, policies, sight
from volunteers.forms.helping import AskForm, DoneForm, PickForm, ThanksForm, WithdrawForm
from volunteers.help_words import reasons
from volunteers.models import HelpOffer, HelpRequest, HelpState, OfferState
from volunteers.services import helping
from volunteers.web.form_page import form_page, sent

_MATCHES = 20


@require_safe
def help_list(request: HttpRequest) -> HttpResponse:
    rows = sight.requests_visible_to(request.person)
    closed = request.GET.get("closed") == "1"
    wanted = rows.exclude(pk__in=rows.open().values("pk")) if closed else rows.open()
    wanted = wanted.select_related("household__entrance__building__unit")
    context = {
        "nav": "tree",
        "page": keyset_page(request, wanted, by="created_at"),
        "closed": closed,
        "open": rows.open().count(),
        "nobody": rows.filter(state=HelpState.NOBODY).count(),
    }
    return render(request, "volunteers/helping.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HELP_ASK)
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(*sent(request), initial=AskForm.at(_door_asked_for(request)))
    if form.is_bound and form.is_valid():
        made = helping.ask(form.need(), now=timezone.now(), by=request.person)
        messages.success(request, _("Written down. The first volunteer is being asked."))
        return redirect(made)
    head, lead = _("What does the neighbour need?"), _("We ask somebody who can do it and lives near, one at a time.")
    back = {"back_url": reverse("helping"), "back_label": _("Help among neighbours")}
    return form_page(request, form, head=head, lead=lead, button=_("Look for somebody"), **back)


@require_safe
def help_request(request: HttpRequest, pk: int) -> HttpResponse:
    one = _visible(request, pk)
    decides = allows(policies.HELP_DECIDE, request.person)
    looking = one.state in {HelpState.OPEN, HelpState.NOBODY}
    today = timezone.localdate()
    offers = list(one.offers.select_related("volunteer__person", "request"))
    now_with = next((offer for offer in offers if offer.state == "accepted"), None)
    context = {
        "nav": "tree",
        "request_for_help": one,
        "offers": [(offer, reasons(offer.reasons), _may_answer(request, offer)) for offer in offers],
        "helper": now_with or next((offer for offer in offers if offer.state == "done"), None),
        "is_helper": now_with is not None
        and request.person is not None
        and now_with.volunteer.person_id == request.person.pk,
        "sees_who": sight.sees_who_asks(request.person, one),
        "matches": [(m, reasons(m.reasons)) for m in matching.matches(one, on=today)[:_MATCHES]]
        if decides and looking
        else [],
        "others": [(m, reasons(m.reasons)) for m in matching.others(one, on=today)[:_MATCHES]]
        if decides and one.state == HelpState.NOBODY
        else [],
        "decides": decides,
        "answers": now_with is not None and allows(policies.HELP_ANSWER, request.person, now_with),
        "may_withdraw": _may_withdraw(request, one),
        "may_thank": one.state == HelpState.DONE
        and not one.thanked_at
        and sight.may_record_thanks(request.person, one),
    }
    return render(request, "volunteers/help_request.html", context)


@require_POST
@may(policies.HELP_DECIDE)
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    one = _visible(request, pk)
    form = PickForm(request.POST)
    if not form.is_valid():
        raise Http404
    offer = helping.pick(one, form.cleaned_data["volunteer"], now=timezone.now())
    messages.success(request, _("%(name)s is being asked.") % {"name": offer.volunteer})
    return redirect(one)


@require_POST
@may(policies.HELP_DECIDE)
def look_further(request: HttpRequest, pk: int) -> HttpResponse:
    one = helping.look_further(_visible(request, pk), now=timezone.now())
    if one.state == HelpState.NOBODY:
        messages.warning(request, _("Still nobody who can do this and was not asked yet."))
    else:
        messages.success(request, _("Somebody is being asked."))
    return redirect(one)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HELP_ASK)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    one = _visible(request, pk)
    if not _may_withdraw(request, one):
        raise Http404
    form = WithdrawForm(*sent(request))
    if form.is_bound and form.is_valid():
        helping.withdraw(one, why=form.cleaned_data["why"], now=timezone.now())
        messages.success(request, _("Closed. Whoever was asked is told."))
        return redirect(one)
    return form_page(request, form, back=one, head=_("Is it no longer needed?"), button=_("Close the request"))


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HELP_ASK)
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    one = _visible(request, pk)
    if not sight.may_record_thanks(request.person, one):
        raise Http404
    form = ThanksForm(*sent(request))
    if form.is_bound and form.is_valid():
        helping.thank(one, words=form.cleaned_data["words"], now=timezone.now())
        messages.success(request, _("The helper will read it. Thank you for passing it on."))
        return redirect(one)
    return form_page(request, form, back=one, head=_("What does the neighbour say?"), button=_("Pass the thanks on"))


@require_POST
@may(policies.HELP_ANSWER)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, decline or give back, for somebody who told it by phone; or one's own."""
    offer = _answerable(request, pk)
    acts = {"accept": helping.accept, "decline": helping.decline, "give_back": helping.give_back}
    act = acts.get(request.POST.get("answer", ""))
    if act is None:
        raise Http404
    act(offer, now=timezone.now())
    messages.success(request, _("Written down."))
    return redirect(offer.request)


@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HELP_ANSWER)
def done(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _answerable(request, pk)
    form = DoneForm(*sent(request))
    if form.is_bound and form.is_valid():
        helping.done(offer, **form.cleaned_data, now=timezone.now(), by=request.person)
        messages.success(request, _("Thank you for helping. The time is written down."))
        return redirect(offer.request)
    head = _("The help was given?")
    return form_page(request, form, back=offer.request, head=head, button=_("It is done"))


@never_cache
@sensitive_variables("number")
@require_http_methods(["GET", "HEAD", "POST"])
@may(policies.HELP_ASK)
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why; the answer to that is the number, in this one response."""
    one = _visible(request, pk)
    if not one.asker_phone or not sight.sees_who_asks(request.person, one):
        raise Http404
    form = RevealForm(*sent(request))
    number = ""
    if form.is_bound and form.is_valid():
        number = helping.phone_of(one, reason=form.cleaned_data["reason"], by=request.person)
    context = {"nav": "tree", "request_for_help": one, "form": form, "number": number}
    status = 422 if form.is_bound and not number else 200
    return render(request, "volunteers/help_phone.html", context, status=status)


def _may_withdraw(request: HttpRequest, one: HelpRequest) -> bool:
    still_open = one.state in {HelpState.OPEN, HelpState.ACCEPTED, HelpState.NOBODY}
    return still_open and allows(policies.HELP_ASK, request.person) and sight.sees_who_asks(request.person, one)


def _may_answer(request: HttpRequest, offer: HelpOffer) -> bool:
    """Whether this member writes down what the volunteer who is being asked said."""
    return offer.state == OfferState.WAITING and allows(policies.HELP_ANSWER, request.person, offer)


def _visible(request: HttpRequest, pk: int) -> HelpRequest:
    rows = sight.requests_visible_to(request.person).select_related(
        "household__entrance__building__unit", "recorded_by"
    )
    return get_object_or_404(rows, pk=pk)


def _answerable(request: HttpRequest, pk: int) -> HelpOffer:
    rows = HelpOffer.objects.filter(request__in=sight.requests_visible_to(request.person))
    offer = get_object_or_404(rows.select_related("request", "volunteer__person"), pk=pk)
    require(policies.HELP_ANSWER, request.person, offer)
    return offer


def _door_asked_for(request: HttpRequest) -> Household | None:
    asked = request.GET.get("household", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return None
    return households_visible_to(request.person).filter(pk=asked).first()


urlpatterns = [
    path("helping/", help_list, name="helping"),
    path("helping/new/", ask, name="help_ask"),
    path("helping/<int:pk>/", help_request, name="help_request"),
    path("helping/<int:pk>/phone/", phone, name="help_phone"),
    path("helping/<int:pk>/asking/", pick, name="help_pick"),
    path("helping/<int:pk>/looking/", look_further, name="help_look_further"),
    path("helping/<int:pk>/withdrawal/", withdraw, name="help_withdraw"),
    path("helping/<int:pk>/thanks/", thank, name="help_thank"),
    path("offers/<int:pk>/answer/", answer, name="help_answer"),
    path("offers/<int:pk>/done/", done, name="help_done"),
]

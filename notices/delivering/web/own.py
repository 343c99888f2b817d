"""By what else somebody is told than in the app: chosen on their own page, off at first, confirmed by a code."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from compounds.organisation.models import Person
from compounds.organisation.policies import may
from notices.channels import registry
from notices.channels.sms import mobile
from notices.delivering import addresses, own, reasons
from notices.delivering.codes import is_verified
from notices.delivering.forms import CodeForm, MailForm, WayForm
from notices.models import PERSONAL, ChannelName, Outlet
from notices.policies import OWN


@dataclass(frozen=True)
class Way:
    """One way as its owner sees it: how it stands, and the form for the next step."""

    channel: ChannelName
    outlet: Outlet | None
    set_up: bool
    address: str
    usable: bool
    on: bool
    waits_for_code: bool
    last_error: str
    form: forms.Form
    code_form: forms.Form

    @property
    def is_mail(self) -> bool:
        return self.channel == ChannelName.EMAIL


@require_safe
@may(OWN)
def own_channels(request: HttpRequest) -> HttpResponse:
    return _page(request, {})


@require_POST
@may(OWN)
def own_channel(request: HttpRequest, channel: str) -> HttpResponse:
    name = _personal(channel)
    form = _form(name, request.POST)
    if not form.is_valid():
        return _page(request, {name: form}, status=422)
    outlet = own.ask_for(name, **form.cleaned_data, now=timezone.now(), by=request.person)
    if outlet.nonce:
        messages.success(request, _("A code is on its way. Type it in below."))
    else:
        messages.success(request, _("Saved."))
    return redirect("own_channels")


@require_POST
@may(OWN)
def own_channel_code(request: HttpRequest, channel: str) -> HttpResponse:
    name = _personal(channel)
    form = CodeForm(request.POST, auto_id=f"{name}_%s")
    if not form.is_valid():
        return _page(request, {}, codes={name: form}, status=422)
    own.confirm(name, code=form.cleaned_data["code"], now=timezone.now(), by=request.person)
    messages.success(request, _("Confirmed: from now on you are told by this too."))
    return redirect("own_channels")


@require_POST
@may(OWN)
def own_channel_end(request: HttpRequest, channel: str) -> HttpResponse:
    own.end(_personal(channel), by=request.person)
    messages.success(request, _("Nothing more comes by this."))
    return redirect("own_channels")


def _page(
    request: HttpRequest,
    bound: dict[ChannelName, forms.Form],
    codes: dict[ChannelName, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = {row.channel: row for row in Outlet.objects.personal().filter(person=request.person)}
    ways = [_way(name, request.person, mine.get(name), bound, codes or {}) for name in PERSONAL]
    return render(request, "notices/own_channels.html", {"nav": "my_day", "ways": ways}, status=status)


def _way(
    name: ChannelName,
    person: Person,
    outlet: Outlet | None,
    bound: dict[ChannelName, forms.Form],
    codes: dict[ChannelName, forms.Form],
) -> Way:
    address = addresses.of_person(name, person)
    active = outlet is not None and outlet.active
    first = {
        "email": address,
        "urgent_only": "1" if (outlet.urgent_only if outlet else name == ChannelName.SMS) else "",
    }
    return Way(
        channel=name,
        outlet=outlet,
        set_up=registry.of(name).is_set_up(),
        address=address if name == ChannelName.EMAIL else person.masked_phone,
        usable=name == ChannelName.EMAIL or bool(mobile(address)),
        on=active and outlet is not None and is_verified(outlet, address),
        waits_for_code=active and outlet is not None and bool(outlet.nonce),
        last_error=reasons.words(outlet.last_error) if outlet else "",
        form=bound.get(name) or _form(name, None, initial=first),
        code_form=codes.get(name) or CodeForm(auto_id=f"{name}_%s"),
    )


def _form(name: ChannelName, data: Any, **more: Any) -> forms.Form:
    kind = MailForm if name == ChannelName.EMAIL else WayForm
    return kind(data, auto_id=f"{name}_%s", **more)


def _personal(channel: str) -> ChannelName:
    if channel not in PERSONAL:
        raise Http404
    return ChannelName(channel)


urlpatterns = [
    path("my-messages/", own_channels, name="own_channels"),
    path("my-messages/<slug:channel>/", own_channel, name="own_channel"),
    path("my-messages/<slug:channel>/code/", own_channel_code, name="own_channel_code"),
    path("my-messages/<slug:channel>/end/", own_channel_end, name="own_channel_end"),
]

"""By what else somebody wants to be told: chosen by themselves, off at first, and only at an address shown theirs."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse_lazy
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from compounds.accounts.mailboxes import set_email
from compounds.kernel.errors import DomainError
from compounds.organisation.models import Person
from notices.channels import registry
from notices.channels.sms import mobile
from notices.delivering import addresses, queue
from notices.delivering.codes import code_of, hash_of, is_verified
from notices.models import ChannelName, Delivery, DeliveryKind, Outlet

# An SMS costs money, and a stranger's mailbox is no toy.
_CODES_AN_HOUR = 3
_WRONG_CODES = 5
_PAGE = (_("How you are told"), reverse_lazy("own_channels"))


class WayNotThere(DomainError):
    """This installation sends no e-mail, or no SMS."""

    code = "channel_not_set_up"
    title = _("This way is not there yet")
    message = _("This installation has not set it up; nothing has been changed.")
    hint = _("Choose another way to be told.")


class NumberIsNone(DomainError):
    """An SMS needs the number of a mobile phone."""

    code = "no_mobile_number"
    title = _("No mobile number is written down for you")
    message = _("The number that this compound has of you is not a mobile number, so nothing can be sent there.")
    hint = _("Ask the branch to correct it; then come back here.")


class TooManyCodes(DomainError):
    """Only so many codes go to one address within an hour."""

    code = "too_many_codes"
    title = _("Please wait a little")
    message = _("Three codes were sent within the last hour. You can have another one later.")


class CodeIsWrong(DomainError):
    """What was typed is not the code that was sent last, or its time is over."""

    code = "code_is_wrong"
    title = _("This is not the code")
    message = _("It may be mistyped, an earlier one, or older than 15 minutes; after five wrong ones it is void.")
    hint = _("Go back and look at it again, or have a new one sent.")


@transaction.atomic
def ask_for(channel: ChannelName, *, email: str = "", urgent_only: bool, now: datetime, by: Person) -> Outlet:
    """``by`` wants to be told by this; a code goes to the address unless it was confirmed before.

    Raises WayNotThere, NumberIsNone, TooManyCodes.
    """
    if not registry.of(channel).is_set_up():
        raise WayNotThere(actions=[_PAGE])
    if channel == ChannelName.EMAIL and email and by.user_id:
        set_email(by.user_id, email)
    address = addresses.of_person(channel, by)
    if channel == ChannelName.SMS and not mobile(address):
        raise NumberIsNone(actions=[_PAGE])
    Outlet.objects.get_or_create(person=by, channel=channel)
    outlet = _mine(channel, by)
    assert outlet is not None
    outlet.active, outlet.urgent_only, outlet.resting_until = True, urgent_only, None
    if not is_verified(outlet, address):
        _draw_code(outlet, now)
    outlet.save()
    if outlet.nonce:
        queue.of_code(outlet, now)
    return outlet


def confirm(channel: ChannelName, *, code: str, now: datetime, by: Person) -> Outlet:
    """The code that was sent was typed in; sent twice it is confirmed once.

    Raises CodeIsWrong, and counts that outside the transaction it undoes.
    """
    with transaction.atomic():
        outlet = _mine(channel, by)
        if outlet is None:
            raise CodeIsWrong(actions=[_PAGE])
        if not outlet.nonce and is_verified(outlet, addresses.of_person(channel, by)):
            return outlet
        right = bool(outlet.nonce) and outlet.nonce_until is not None and now < outlet.nonce_until
        right = right and constant_time_compare(code_of(outlet), code)
        if right:
            outlet.verified_hash = hash_of(addresses.of_person(channel, by))
        if right or outlet.wrong_codes + 1 >= _WRONG_CODES:
            outlet.nonce, outlet.nonce_until, outlet.wrong_codes = "", None, 0
        elif outlet.nonce:
            outlet.wrong_codes += 1
        outlet.save()
    if not right:
        raise CodeIsWrong(actions=[_PAGE])
    return outlet


@transaction.atomic
def end(channel: ChannelName, *, by: Person) -> None:
    """Nothing more comes by this; what waits is not sent."""
    rows = Outlet.objects.personal().filter(person=by, channel=channel)
    if rows.update(active=False, nonce="", nonce_until=None, wrong_codes=0):
        queue.wake()


def _draw_code(outlet: Outlet, now: datetime) -> None:
    since = now - timedelta(hours=1)
    sent = Delivery.objects.filter(outlet=outlet, kind=DeliveryKind.CODE, created_at__gt=since).count()
    if sent >= _CODES_AN_HOUR:
        raise TooManyCodes(actions=[_PAGE])
    outlet.verified_hash, outlet.wrong_codes = "", 0
    outlet.nonce, outlet.nonce_until = secrets.token_hex(12), now + queue.CODE_LIFE


def _mine(channel: ChannelName, by: Person) -> Outlet | None:
    return Outlet.objects.select_for_update(of=("self",)).filter(person=by, channel=channel).first()

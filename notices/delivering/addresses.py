"""Where an outlet's messages go, looked up when they are sent."""

from compounds.accounts.mailboxes import email_of
from compounds.organisation.models import Person
from notices.channels.interface import AddressDead, Permanent
from notices.channels.sms import mobile
from notices.delivering.codes import is_verified
from notices.models import ChannelName, Delivery, DeliveryKind, Outlet


def of_person(channel: str, person: Person) -> str:
    """The e-mail address of the account, or the phone number that is written down for the person; empty if none."""
    return email_of(person.user_id) if channel == ChannelName.EMAIL else mobile(person.phone) or person.phone


def for_delivery(delivery: Delivery) -> str:
    """Raises Permanent where nothing may be sent there. Only a code goes to an address that is not confirmed."""
    outlet: Outlet = delivery.outlet
    if outlet.channel == ChannelName.ROBOT:
        return outlet.webhook
    assert outlet.person is not None
    address = of_person(outlet.channel, outlet.person)
    if not address:
        raise Permanent("no_address")
    if outlet.channel == ChannelName.SMS and not mobile(address):
        raise AddressDead("no_mobile_number")
    if delivery.kind != DeliveryKind.CODE and not is_verified(outlet, address):
        raise Permanent("not_confirmed")
    return address

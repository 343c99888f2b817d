"""Which channel stands behind which name."""

from notices.channels.interface import Channel
from notices.channels.mail import Mail
from notices.channels.robot import Robot
from notices.channels.sms import Sms
from notices.models import ChannelName

_SENDING: dict[str, Channel] = {ChannelName.ROBOT: Robot(), ChannelName.EMAIL: Mail(), ChannelName.SMS: Sms()}


def of(name: str) -> Channel:
    """The channel that sends. Raises KeyError for the board and the app, where things stand and are read."""
    return _SENDING[name]

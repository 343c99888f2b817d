"""SMS, through whichever way the installation has (``SMS_BACKEND``): a vendor's, a file, the console, or none.

The words of an SMS are approved by the vendor beforehand, so a message names a template and fills its gaps. An SMS says
how many things wait where and nothing about them: it is read on locked screens.
"""

import re
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from notices.channels.interface import AddressDead, Message, Permanent

_MOBILE = re.compile(r"1[3-9][0-9]{9}")


class SmsBackend(Protocol):
    def send(self, number: str, message: Message) -> str:
        """Hand one SMS over, to a number of eleven digits. Raises as ``Channel.send``."""
        ...


class Sms:
    text_bytes = 1000
    image_bytes = 0

    def is_set_up(self) -> bool:
        return bool(settings.SMS_BACKEND)

    def send(self, address: str, message: Message) -> str:
        if not self.is_set_up():
            raise Permanent("not_set_up")
        number = mobile(address)
        if not number:
            raise AddressDead("no_mobile_number")
        backend: SmsBackend = import_string(settings.SMS_BACKEND)()
        return backend.send(number, message)


def mobile(written: str) -> str:
    """A mobile number of mainland China as eleven digits, however it is written; empty for what is none."""
    digits = re.sub(r"[\s\-()（）]", "", written).removeprefix("+86").removeprefix("0086")
    return digits if _MOBILE.fullmatch(digits) else ""

"""E-mail, through Django's e-mail backends."""

import re
import smtplib
import ssl
from datetime import timedelta
from email.utils import formatdate
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from notices.channels.interface import AddressDead, Message, Permanent, SendingFailed, Temporary, Unclear
from notices.channels.texts import cut

_SOON = timedelta(minutes=15)
_LATER = timedelta(hours=1)


class Mail:
    text_bytes = 64 * 1024
    image_bytes = 0

    def is_set_up(self) -> bool:
        mailer: dict[str, Any] = settings.MAILERS["default"]
        return not mailer["BACKEND"].endswith(".smtp.EmailBackend") or bool(mailer["OPTIONS"]["host"])

    def send(self, address: str, message: Message) -> str:
        if not self.is_set_up():
            raise Permanent("not_set_up")
        try:
            validate_email(address)
        except ValidationError as error:
            raise AddressDead("no_address") from error
        letter = EmailMessage(
            subject=re.sub(r"\s+", " ", message.subject),
            body=cut(message.text, self.text_bytes),
            to=[address],
            headers={
                # The same for every try, so that one that comes twice is known as one.
                "Message-ID": f"<{message.reference}@{_domain()}>",
                "Date": formatdate(),
                "Auto-Submitted": "auto-generated",
            },
        )
        return _post(letter)


def _post(letter: EmailMessage) -> str:
    connection = mailers["default"]
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as error:
        raise Temporary("mail_password", _LATER) from error
    except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
        raise Temporary("not_reached") from error
    try:
        connection.send_messages([letter])
    except (OSError, smtplib.SMTPException) as error:
        raise _meant(error) from error
    finally:
        _close(connection)
    return str(letter.extra_headers["Message-ID"])


def _meant(error: Exception) -> SendingFailed:
    """What a failure after connecting says about whether it was taken."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code = max((answer[0] for answer in error.recipients.values()), default=500)
            return AddressDead("no_such_mailbox") if code >= 500 else Temporary("mailbox_busy", _SOON)
        case smtplib.SMTPSenderRefused() | smtplib.SMTPDataError() | smtplib.SMTPHeloError():
            code = error.smtp_code
            return Permanent(f"smtp_{code}") if code >= 500 else Temporary(f"smtp_{code}", _SOON)
        case TimeoutError():
            return Unclear("no_answer")
        case smtplib.SMTPException() if not isinstance(error, smtplib.SMTPServerDisconnected):
            return Permanent("mail_refused")
        case _:
            return Unclear("cut_off")


def _close(connection: BaseEmailBackend) -> None:
    """Saying goodbye is no part of it: the letter was taken, or was not, before."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"

"""E-mail that goes nowhere: for a demo. As a person reads it, so that a code in it can be typed in."""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend


class ReadableConsole(EmailBackend):
    """Written to where the worker writes, without the encoding that it has on its way."""

    def write_message(self, message: EmailMessage) -> None:
        self.stream.write(f"E-mail {', '.join(message.recipients())} [{message.subject}] {message.body}\n")

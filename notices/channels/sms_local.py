"""SMS that go nowhere: for a demo and for trying things out. They are no logs: they hold numbers and codes."""

import sys
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from notices.channels.interface import Message


class ConsoleSms:
    """Written to where the worker writes."""

    def send(self, number: str, message: Message) -> str:
        sys.stdout.write(_line(number, message, timezone.localtime()))
        sys.stdout.flush()
        return "console"


class FileSms:
    """Added to ``VAR_DIR/sms.txt``, which only its owner may read."""

    def send(self, number: str, message: Message) -> str:
        path = Path(settings.VAR_DIR) / "sms.txt"
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as file:
            file.write(_line(number, message, timezone.localtime()))
        return "file"


def _line(number: str, message: Message, now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M:%S} SMS {number} [{message.template}] {message.text}\n"

"""What every channel takes and gives, and the four ways in which sending can end otherwise than well."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """What is to be said. A channel takes of it what it can carry."""

    text: str
    subject: str = ""
    # For who shows links as words; else ``text`` is taken.
    markdown: str = ""
    # Gives the picture that is to be sent, in the place of any text, with at most that many bytes.
    image: Callable[[int], bytes] | None = None
    # For an SMS, whose words the vendor has approved beforehand: which of them, and what fills their gaps.
    template: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    # The same delivery has the same one, whenever it is tried.
    reference: str = ""

    def named(self, reference: str) -> "Message":
        return replace(self, reference=reference)


class Channel(Protocol):
    """One way out. ``send`` is called outside any transaction and returns the other side's receipt, perhaps empty.

    It raises Temporary, Permanent, AddressDead or Unclear, and nothing else. An address or a secret is never part of
    what it raises or logs.
    """

    # How many bytes of text it carries in one message; longer ones are cut at a character.
    text_bytes: int
    # How many bytes a picture may have; 0: it carries none.
    image_bytes: int

    def is_set_up(self) -> bool:
        """Whether this installation can use it."""
        ...

    def send(self, address: str, message: Message) -> str: ...


class SendingFailed(Exception):
    """It was not sent; ``code`` says why, in our own words (``delivering.reasons``)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Temporary(SendingFailed):
    """Surely not sent, for a reason that passes and concerns whatever is sent there."""

    def __init__(self, code: str, retry_after: timedelta | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(code)


class Permanent(SendingFailed):
    """Surely not sent, and this message never will be."""


class AddressDead(Permanent):
    """Nothing is ever received there: the robot was removed, the number is none."""


class Unclear(SendingFailed):
    """It went out and no clear answer came back: it may have arrived. A person decides (style 13)."""

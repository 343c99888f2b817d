"""What each action is called for people, why a post alone may not be enough for it, and what somebody does instead.

Each app says the actions of its own ``policies.py`` in its ``action_words.py``. A refusal is made of these words, and
so is what stands beside an action that is somebody else's.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

ASK_FOR_A_POST = _("If it should be yours, the branch secretary or the general branch's secretary can give you a post.")
SETS_UP = _("How the compound is set up is for its branch secretary. Tell them what does not fit.")


@dataclass(frozen=True)
class ActionWords:
    """``what``: the action; ``whose``: of whose things it is, where the post alone does not give it; ``instead``: what
    everybody else can do."""

    what: Any
    whose: Any = ""
    instead: Any = ASK_FOR_A_POST


WORDS: dict[str, ActionWords] = {}


def register(action: str, what: Any, **more: Any) -> None:
    """Say what ``action`` means. Raises ValueError when it has words already."""
    if action in WORDS:
        raise ValueError(f"{action} has words already")
    WORDS[action] = ActionWords(what, **more)


_TELL_THE_BRANCH = _("Tell the branch what is wrong or missing; it is put right there, and written down who did it.")
_ABOVE = _("Nobody acts on a post above their own. For those the general branch or the community does it.")

register(
    "post.appoint",
    _("Appoint somebody"),
    instead=_("If you know somebody for a post, tell the branch secretary."),
)
register("post.end", _("End somebody's term"), whose=_ABOVE)
register("person.invite", _("Make somebody's link to sign in"), whose=_ABOVE)
register("settings.change", _("Change how the compound is set up"), instead=SETS_UP)
register("place.change", _("Change buildings, entrances and groups"), instead=_TELL_THE_BRANCH)
register("person.change", _("Correct an entry of a person"), instead=_TELL_THE_BRANCH)
register("household.change", _("Correct an entry of a household"), instead=_TELL_THE_BRANCH)
register("sheet.import", _("Take in a spreadsheet"), instead=_TELL_THE_BRANCH)
register(
    "sheet.export",
    _("Export buildings, households and people"),
    instead=_("Such a file is as personal as the people in it. Say what you need it for, and ask the secretary."),
)
register(
    "audit.read",
    _("Read who changed what"),
    instead=_("If an entry about you is wrong, the branch can tell you who changed it, and put it right."),
)
register(
    "person.reveal_phone",
    _("Look at a phone number"),
    instead=_("Ask those who look after that door to ring, or to give a message."),
)

"""What stands beside an action that is somebody else's: ``{% load others %}{% for_others "notice.approve" %}``."""

from typing import Any

from django import template

from compounds.organisation.action_words import WORDS
from compounds.organisation.policies import who_may

register = template.Library()


@register.inclusion_tag("organisation/for_others.html")
def for_others(action: str) -> dict[str, Any]:
    """The action, and whose it is: by their posts, or, where the very thing decides, by its rule."""
    words = WORDS[action]
    return {"what": words.what, "whose": words.whose, "who": who_may(action)}

"""What an audit entry says, for people. Apps add the words for their own actions; an unknown action shows its name."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from compounds.kernel.words import listed
from compounds.organisation.models import AuditEntry, PostKind, post_title

WORDS: dict[str, Any] = {}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def register(action: str, words: Any) -> None:
    """Say what ``action`` means. Raises ValueError when it has words already."""
    if action in WORDS:
        raise ValueError(f"{action} has words already")
    WORDS[action] = words


def register_facts(names: dict[str, Any], values: dict[Any, Any]) -> None:
    """Say what the facts of an app's own actions are called, and what their coded values mean."""
    _FACTS.update(names)
    _VALUES.update(values)


def in_words(entry: AuditEntry) -> tuple[str, str]:
    """What was done, and the facts: before → after where both are known."""
    done = str(WORDS.get(entry.action, entry.action))
    facts = {key: value for key, value in entry.facts.items() if key != "office" and value not in ("", None, [], {})}
    if "before" in entry.facts and "after" in entry.facts:
        said: Callable[[Any], str] = _plain
        empty = "—"
        if entry.action == "settings.rhythm":
            said = _days
        elif entry.action == "settings.title":
            # Its usual title says which post it is, unless it is part of the change.
            empty = str(PostKind(facts.pop("post")).label)
        before, after = [said(facts.pop(when, "")) or empty for when in ("before", "after")]
        usual = [] if empty in ("—", before, after) else [empty]
        return done, " · ".join([f"{before} → {after}", *usual, *_rest(facts)])
    return done, " · ".join(_rest(facts))


def _days(count: Any) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _rest(facts: dict[str, Any]) -> list[str]:
    return [_fact(key, value) for key, value in facts.items()]


def _fact(key: str, value: Any) -> str:
    """What it is called, and what it is; some names bring a colon along."""
    name = str(_FACTS.get(key, key)).rstrip(":：")
    return f"{name}{pgettext('punctuation', ': ')}{_plain(value)}"


def _plain(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {"old", "new"}:
        return f"{_plain(value['old']) or '—'} → {_plain(value['new']) or '—'}"
    if isinstance(value, dict):
        return " · ".join(_rest(value))
    if isinstance(value, list):
        return listed(_FACTS.get(part, part) for part in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str) and (day := _day(value)):
        return date_format(day)
    return post_title(value) if value in PostKind.values else str(_VALUES.get(value, value))


def _day(value: str) -> date | None:
    """The day that is written down so, where it is one."""
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


_VALUES: dict[Any, Any] = {}
_FACTS: dict[Any, Any] = {
    "number": _("Number"),
    "name": _("Name"),
    "phone": _("Phone"),
    "household": _("Door"),
    "door": _("Door"),
    "group": _("Neighbour group"),
    "occupancy": _("Occupancy"),
    "entrances": _("Entrances"),
    "came": _("came"),
    "left": _("left"),
    "fields": _("changed:"),
    "on": _("last day"),
    "starts_on": _("from"),
    "kind": _("post"),
    "post": _("post"),
    "words": _("with their words"),
    "file": _("file"),
    "reason": _("reason"),
    "buildings": _("Buildings"),
    "households": _("Households"),
    "persons": _("People"),
    "added": _("new"),
    "changed": _("changed"),
    "phones": _("with phone numbers"),
}
for _action, _words in {
    "post.appoint": _("Gave a post"),
    "post.end": _("Ended a term"),
    "person.invite": _("Made a link to sign in"),
    "settings.rhythm": _("Changed the contact rhythm"),
    "settings.phone": _("Changed the phone for residents"),
    "settings.title": _("Changed the title of a post"),
    "building.add": _("Added a building"),
    "building.change": _("Changed a building"),
    "entrance.add": _("Added an entrance"),
    "entrance.change": _("Renumbered an entrance"),
    "group.add": _("Added a neighbour group"),
    "group.change": _("Renamed a neighbour group"),
    "group.doors": _("Assigned doors to a group"),
    "person.add": _("Added a person"),
    "person.change": _("Corrected a person"),
    "person.reveal_phone": _("Looked at a phone number"),
    "household.add": _("Added a household"),
    "household.change": _("Corrected a household"),
    "sheet.import": _("Took in a spreadsheet"),
    "sheet.export": _("Exported buildings, households and people"),
}.items():
    register(_action, _words)

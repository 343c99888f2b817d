"""Why somebody was asked, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compounds.kernel.words import facts_in_line


def reasons(kept: dict[str, Any]) -> str:
    """Nearness, time and load, as they were known when somebody was asked."""
    said = [
        {"entrance": _("lives at the same entrance"), "building": _("lives in the same building")}.get(kept["near"])
    ]
    if kept.get("has_time") is not None:
        said.append(_("has time then") if kept["has_time"] else _("has no time on such days"))
    at_hand, lately = kept.get("at_hand", 0), kept.get("lately", 0)
    said.append(
        ngettext("%(n)s request at hand", "%(n)s requests at hand", at_hand) % {"n": at_hand}
        if at_hand
        else _("nothing at hand")
    )
    if lately:
        said.append(ngettext("helped %(n)s time lately", "helped %(n)s times lately", lately) % {"n": lately})
    return facts_in_line(one for one in said if one)

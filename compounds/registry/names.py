"""A compound's name: once in its community, so that a list that is sent twice does not open everything twice."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from compounds.registry.models import Community, Compound, CompoundState

# State by community and name; those in the archive count, since an old list may well name them.
type Known = dict[tuple[int, str], str]


def plain(name: str) -> str:
    """A name as it is compared: blanks, case, and full width or half make no other compound of it."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def taken(communities: Iterable[Any], *, but: Compound | None = None) -> Known:
    """The names that are in use in some communities; one query."""
    rows = Compound.objects.filter(community__in=communities)
    if but is not None and but.pk:
        rows = rows.exclude(pk=but.pk)
    return {
        (community, plain(name)): state for community, name, state in rows.values_list("community", "name", "state")
    }


def wrong(name: str, community: int, known: Known) -> Any:
    """What is wrong with a name in a community, in words, or None."""
    state = known.get((community, plain(name)))
    if state is None:
        return None
    if state == CompoundState.ARCHIVED:
        return _("This community has an archived compound of this name. Restore that one, or choose another name.")
    return _(
        "This community has a compound of this name already. If this is another one, add what tells them apart, "
        "such as 一期 or 二期."
    )


def hold(communities: Iterable[int]) -> None:
    """Nobody else opens or renames a compound in these communities from a page until the transaction ends."""
    list(Community.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=communities).order_by("pk"))

"""How whoever is honoured is called, depending on who reads it (domain: Openness).

On paper they are named: it is theirs, and whoever holds it may check it. In public they are named once they agreed; a
household that did not is called by its entrance. Members know people by name, and a household's door where they serve.
"""

from collections.abc import Collection

from django.utils import translation
from django.utils.translation import gettext as _

from volunteers.models import Honour


def name_for_members(honour: Honour, doors: Collection[int] = ()) -> str:
    """For whoever is signed in; ``doors`` are the households whose door they may see."""
    if honour.person:
        return str(honour.person)
    assert honour.household is not None
    door = str(honour.household) if honour.household_id in doors else str(honour.household.entrance)
    return f"{honour.family} · {door}" if honour.family else door


def may_be_named(honour: Honour) -> bool:
    """Whether a name may stand in public: they agreed, and are not erased."""
    return honour.agreed_on is not None and not (honour.person and honour.person.erased_at)


def name_in_public(honour: Honour) -> str:
    """For everybody; without consent nobody's name."""
    if honour.person:
        return str(honour.person) if may_be_named(honour) else _("a neighbour")
    assert honour.household is not None
    if honour.family and honour.agreed_on:
        return honour.family
    return _("a family of %(entrance)s") % {"entrance": honour.household.entrance}


def name_on_paper(honour: Honour) -> str:
    """For their own certificate, which is Chinese; empty once they were erased."""
    if honour.person:
        return "" if honour.person.erased_at else honour.person.name
    assert honour.household is not None
    if honour.family:
        return honour.family
    with translation.override("zh-hans"):
        return str(honour.household)


def name_when_checked(honour: Honour) -> str:
    """For whoever checks a certificate that they hold: what stands on it, but no door; empty once they were erased."""
    if honour.person:
        return name_on_paper(honour)
    assert honour.household is not None
    return honour.family or _("a family of %(entrance)s") % {"entrance": honour.household.entrance}

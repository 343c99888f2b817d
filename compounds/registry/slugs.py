"""A compound's address: what is wrong with one, and one made of the compound's name."""

import re
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from compounds.registry.models import RESERVED_SLUGS, SLUG, Compound

LONGEST = 40


def taken() -> set[str]:
    """The addresses that are in use, also those of which only the schema is left; two queries."""
    slugs = set(Compound.objects.values_list("slug", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'c\\_%%'")
        slugs |= {name.removeprefix("c_").replace("_", "-") for (name,) in cursor.fetchall()}
    return slugs


def wrong(slug: str, known: set[str]) -> Any:
    """What is wrong with an address, in words, or None. Case makes no difference between two addresses."""
    if slug.casefold() in RESERVED_SLUGS:
        return _("The address “%(slug)s” is reserved. Choose another.") % {"slug": slug}
    if slug.casefold() in known:
        return _("There is a compound at “%(slug)s” already. Choose another address.") % {"slug": slug}
    if not SLUG.fullmatch(slug):
        return _("An address has 2 to 40 small letters, digits and hyphens, and begins with a letter.")
    return None


def proposed(name: str, known: set[str]) -> str:
    """A free address made of the name's pinyin."""
    stem = re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(name)).casefold()).lstrip("0123456789")[: LONGEST - 5]
    if len(stem) < 2:
        stem = f"xiaoqu{stem}"
    candidates = (stem, *(f"{stem}-{n}" for n in range(2, len(known) + 4)))
    return next(slug for slug in candidates if wrong(slug, known) is None)

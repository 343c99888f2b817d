"""Logins of the demo: name in pinyin, one password for all. For trying out only."""

import re
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from pypinyin import lazy_pinyin

from compounds.accounts.models import User

PASSWORD = "linjuli-demo"  # noqa: S105 - it is printed on the demo's first page


def open_accounts(people: Iterable[str], *, staff: bool = False) -> list[User]:
    """One account for each name, in order; the same hash for all, since hashing takes a third of a second."""
    taken = set(User.objects.values_list("username", flat=True))
    password = make_password(PASSWORD)
    accounts = []
    for name in people:
        username = _free(_pinyin(name), taken)
        taken.add(username)
        accounts.append(User(username=username, display_name=name, password=password, is_staff=staff))
    return User.objects.bulk_create(accounts)


def _pinyin(name: str) -> str:
    return re.sub(r"[^a-z]", "", "".join(lazy_pinyin(name)).lower())


def _free(stem: str, taken: set[str]) -> str:
    username, n = stem, 1
    while username in taken:
        n += 1
        username = f"{stem}{n}"
    return username

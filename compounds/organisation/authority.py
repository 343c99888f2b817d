"""Whose posts are whose to give, to end and to invite for: nobody acts on a level of the tree above their own."""

from typing import Any

from compounds.organisation.models import Person, Post, PostKind
from compounds.organisation.models.people import LEVEL_OF_POST

_GIVING = frozenset({PostKind.GENERAL_SECRETARY, PostKind.BRANCH_SECRETARY})


def kinds_given_by(person: Person | None) -> list[PostKind]:
    """The posts that this person may give: those at the level of their own secretary's post and below."""
    levels = [LEVEL_OF_POST[PostKind(kind)] for kind in (person.kinds if person else ()) if kind in _GIVING]
    return [kind for kind in PostKind if levels and LEVEL_OF_POST[kind] >= min(levels)]


def over_post(person: Person, post: Any) -> bool:
    """Whether this post is one that the person could have given."""
    assert isinstance(post, Post)
    return post.kind in kinds_given_by(person)


def over_person(person: Person, other: Any) -> bool:
    """Whether all posts that the other holds today are ones that the person could have given."""
    assert isinstance(other, Person)
    return other.kinds <= set(kinds_given_by(person))

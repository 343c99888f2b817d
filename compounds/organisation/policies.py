"""Who may do what: a table that each app fills with its own rows, asked at the door and never inside services.

What is not in the table is forbidden. Rights come from posts valid today.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from compounds.organisation import refusals
from compounds.organisation.authority import over_person, over_post
from compounds.organisation.models import Person, PostKind

BRANCH = frozenset({PostKind.BRANCH_SECRETARY, PostKind.BRANCH_COMMITTEE})

type Mine = Callable[[Person, Any], bool]


@dataclass(frozen=True)
class Rule:
    """The posts that allow an action and, where it matters, whether this very thing is theirs to act on."""

    posts: frozenset[PostKind]
    mine: Mine | None = None


RULES: dict[str, Rule] = {}


def register(action: str, posts: Iterable[PostKind], *, mine: Mine | None = None) -> None:
    """Add one row: ``action`` is named ``noun.verb``. Raises ValueError when the row is there already."""
    if action in RULES:
        raise ValueError(f"{action} has a rule already")
    RULES[action] = Rule(frozenset(posts), mine)


def allows(action: str, person: Person | None, subject: Any = None) -> bool:
    """Whether this person may do ``action``, to ``subject`` if given. Staff of the district (None) may do nothing."""
    rule = RULES[action]
    if person is None or not rule.posts & person.kinds:
        return False
    return subject is None or rule.mine is None or rule.mine(person, subject)


def require(action: str, person: Person | None, subject: Any = None) -> None:
    """Raise NotAllowed unless ``allows``; it says which rule that is, who may, and what this person can do."""
    if not allows(action, person, subject):
        raise refusals.refusal(action, person, RULES[action].posts)


def who_may(action: str) -> str:
    """The posts that allow an action, as words."""
    return refusals.titles(RULES[action].posts)


def may[**P](action: str) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Let a view be called only by people whose posts allow ``action``; each writing view names its own."""

    def decorate(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request = args[0]
            assert isinstance(request, HttpRequest)
            require(action, request.person)
            return view(*args, **kwargs)

        guarded.action = action
        return guarded

    return decorate


register("post.appoint", [PostKind.BRANCH_SECRETARY, PostKind.GENERAL_SECRETARY])
register("post.end", [PostKind.BRANCH_SECRETARY, PostKind.GENERAL_SECRETARY], mine=over_post)
register("person.invite", [PostKind.BRANCH_SECRETARY, PostKind.GENERAL_SECRETARY], mine=over_person)
register("settings.change", [PostKind.BRANCH_SECRETARY])
register("place.change", [PostKind.BRANCH_SECRETARY])
register("person.change", BRANCH)
register("household.change", BRANCH)
register("sheet.import", [PostKind.BRANCH_SECRETARY])
register("sheet.export", [PostKind.BRANCH_SECRETARY])
register("audit.read", BRANCH | {PostKind.GENERAL_SECRETARY})
# Those who serve the whole compound or that door; whose door it is says ``sight.contacts_visible_to``.
register(
    "person.reveal_phone",
    BRANCH
    | {
        PostKind.GENERAL_SECRETARY,
        PostKind.COMMUNITY_WORKER,
        PostKind.GRID_WORKER,
        PostKind.BUILDING_STEWARD,
        PostKind.NEIGHBOUR_LEAD,
    },
)

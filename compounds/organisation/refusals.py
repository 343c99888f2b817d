"""Why an action is not somebody's: which rule says so, who may, by name where they are few, and what to do instead."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from compounds.kernel.errors import NotAllowed
from compounds.kernel.words import listed, sentences
from compounds.organisation.action_words import WORDS, ActionWords
from compounds.organisation.models import Person, Post, PostKind, post_title

# More names than these are a list, and help nobody to choose whom to ask.
_NAMES = 4


def titles(posts: Iterable[str]) -> str:
    """The posts in one line, from the general branch down, as they are called in this compound."""
    held = set(posts)
    return listed(post_title(kind) for kind in PostKind if kind in held)


def refusal(action: str, person: Person | None, posts: frozenset[PostKind]) -> NotAllowed:
    """The refusal of an action that these posts allow. It is worded when it is shown, in the reader's language."""
    words = WORDS.get(action)
    if words is None:
        return NotAllowed(action=action)
    if person is not None and words.whose and posts & person.kinds:
        return NotAllowed(action=action, why=words.whose, instead=words.instead)
    told = _Refusal(words, person, posts)
    return NotAllowed(action=action, why=lazy(told.why, str)(), instead=lazy(told.instead, str)())


class _Refusal:
    def __init__(self, words: ActionWords, person: Person | None, posts: frozenset[PostKind]) -> None:
        self.words, self.person, self.posts = words, person, posts

    def why(self) -> str:
        rule = _("“%(what)s” is for: %(posts)s.") % {"what": self.words.what, "posts": titles(self.posts)}
        if self.person is None:
            return rule
        return sentences(rule, _("Your own posts here: %(posts)s.") % {"posts": titles(self.person.kinds)})

    def instead(self) -> str:
        return sentences(self.words.instead, self._whom_to_ask())

    def _whom_to_ask(self) -> str:
        """By name. Where there are many, the branch secretary, if it is theirs; nothing where that is nobody."""
        people = self._serving(self.posts)
        if len(people) > _NAMES:
            people = self._serving(self.posts & {PostKind.BRANCH_SECRETARY})
        if not people:
            return ""
        return _("Here these are: %(names)s.") % {"names": listed(person.name for person in people)}

    def _serving(self, posts: frozenset[PostKind]) -> list[Person]:
        serving = Post.objects.serving(timezone.localdate()).filter(kind__in=posts)
        return list(Person.objects.filter(posts__in=serving, erased_at=None).distinct().order_by("pk")[: _NAMES + 1])

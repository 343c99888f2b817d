"""Who holds a post in a compound of the demo."""

from datetime import date

from django.db.models import Case, Count, Q, QuerySet, When

from compounds.organisation.models import Person, Post, PostKind

# The building whose steward and first lead are shown to visitors: something waits for them.
SHOWN_BUILDING = 3


def holders(kind: PostKind, on: date) -> QuerySet[Person]:
    """Those with a login who hold it, the plainest first: one sees what the post alone may do.

    Where each building has its own, that of the shown building comes before the others.
    """
    posts = Post.objects.serving(on).filter(kind=kind)
    shown = posts.filter(
        Q(unit__building__number=SHOWN_BUILDING) | Q(unit__parent__building__number=SHOWN_BUILDING, unit__position=1)
    )
    away = Case(When(pk__in=shown.values("person"), then=0), default=1)
    found = Person.objects.filter(pk__in=posts.values("person"), user_id__isnull=False)
    held = Count("posts", filter=Q(posts__in=Post.objects.serving(on)))
    return found.annotate(held=held, away=away).order_by("away", "held", "pk")

"""Which matters belong together with one, as far as a reader may know of them; which may be the same."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person
from consultation.models import Issue, LinkKind, Outcome
from consultation.models.issue import IssueQuerySet


@dataclass(frozen=True)
class Linked:
    """Another matter, and what it has to do with this one."""

    label: str | Promise
    issue: Issue


_FORTH = {LinkKind.MERGED_INTO: _("merged into"), LinkKind.SPLIT_FROM: _("split from")}
_BACK = {LinkKind.MERGED_INTO: _("merged into this one"), LinkKind.SPLIT_FROM: _("split from this one")}


def linked(issue: Issue, person: Person | None) -> list[Linked]:
    """Both ways: where this matter went or came from, and what came into it or out of it."""
    visible = Issue.objects.visible_to(person)
    forth = issue.links.filter(other__in=visible).select_related("other")
    back = issue.linked_from.filter(issue__in=visible).select_related("issue")
    return [
        *(Linked(_FORTH[LinkKind(link.kind)], link.other) for link in forth),
        *(Linked(_BACK[LinkKind(link.kind)], link.issue) for link in back),
    ]


def carried_on_as(issue: Issue) -> Issue:
    """The matter that this one goes on as, after every merging; itself when it was not merged."""
    seen = {issue.pk}
    while issue.outcome == Outcome.DUPLICATE:
        link = issue.links.filter(kind=LinkKind.MERGED_INTO).select_related("other__category").last()
        if link is None or link.other_id in seen:
            break
        issue = link.other
        seen.add(issue.pk)
    return issue


def perhaps_the_same(issue: Issue, person: Person) -> IssueQuerySet:
    """Open matters of the same category and building, the newest first: what it may be merged into."""
    alike = Issue.objects.visible_to(person).open().filter(category=issue.category).exclude(pk=issue.pk)
    if issue.building_id:
        alike = alike.filter(building=issue.building_id)
    return alike.with_place().with_voices().order_by("-pk")

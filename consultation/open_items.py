"""What the district's register holds of a compound: its open matters without personal data, nothing confidential."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Level
from compounds.oversight import register
from compounds.oversight.register import Item, Words
from consultation.figures.matters import OPEN_FIGURE, unowned
from consultation.models import BodyKind, Escalation, EscalationLevel, Issue, Openness
from consultation.steps import OPEN

_UNITS = {
    Level.GENERAL_BRANCH: ("general_branch", _("general branch")),
    Level.BRANCH: ("branch", _("branch")),
    Level.BUILDING: ("steward", _("building steward")),
    Level.NEIGHBOUR_GROUP: ("lead", _("neighbour lead")),
}
_PARTIES = dict(_UNITS.values()) | {kind.value: kind.label for kind in BodyKind if kind != BodyKind.BRANCH}


def _party(issue: Issue) -> str:
    if issue.owner_unit:
        return _UNITS[Level(issue.owner_unit.level)][0]
    return issue.owner_body.kind if issue.owner_body else ""


def _items() -> Iterator[Item]:
    today = timezone.localdate()
    nobody = unowned(today).filter(pk=OuterRef("pk"))
    rows = (
        Issue.objects.open()
        .exclude(openness=Openness.CONFIDENTIAL)
        .with_hold()
        .annotate(
            nobody=Exists(nobody),
            on_board=Exists(Issue.objects.on_board().filter(pk=OuterRef("pk"))),
            for_members=Exists(Issue.objects.in_a_sentence().filter(pk=OuterRef("pk"))),
        )
        .select_related("category", "owner_unit", "owner_body")
    )
    # In the order in which they happened, so that the highest stays.
    levels = dict(Escalation.objects.current().values_list("issue", "level"))
    for issue in rows:
        yield Item(
            number=issue.number,
            title=issue.title,
            category=issue.category.name,
            category_en=issue.category.name_en,
            step=issue.step,
            party=_party(issue),
            owned=not issue.nobody,
            opened_on=timezone.localdate(issue.created_at),
            due_on=issue.due_on,
            # A deadline from outside goes on while ours stands still.
            on_hold=bool(getattr(issue, "on_hold", False)) and not issue.due_outside,
            due_at=issue.due_at,
            escalated=levels.get(issue.pk, ""),
            on_board=issue.on_board,
            for_members=issue.for_members,
        )


register.register(
    _items,
    Words(
        steps={step.value: step.label for step in OPEN},
        parties=_PARTIES,
        path=lambda number: f"issues/{number}/",
        counted_by=OPEN_FIGURE.key,
        levels={level.value: level.label for level in EscalationLevel},
    ),
)

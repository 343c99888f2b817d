"""The branch corrects what was written down, or who may read it; both ways the old and the new are kept."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.organisation import audit
from compounds.organisation.models import Building, Entrance, Person
from compounds.oversight.outbox import touch
from consultation.errors import NothingCorrected, TitleGivesAway, leads_to
from consultation.models import Category, Issue, ListEntry, Openness
from consultation.services import clock, flow, telling
from consultation.steps import OPEN, Step


@dataclass(frozen=True)
class Written:
    """What of a matter can be corrected."""

    title: str
    category: Category
    building: Building | None
    entrance: Entrance | None
    place_note: str

    @classmethod
    def of(cls, issue: Issue) -> "Written":
        return cls(issue.title, issue.category, issue.building, issue.entrance, issue.place_note)

    def words(self) -> dict[str, str]:
        """Each field as text, to be kept."""
        return {field: str(getattr(self, field) or "") for field in self.__dataclass_fields__}


@transaction.atomic
def correct(issue: Issue, written: Written, *, reason: str, by: Person) -> Issue:
    """Correct title, category or place; what was there before stays in the audit entry. Raises NothingCorrected."""
    issue = _locked(issue)
    old, new = Written.of(issue).words(), written.words()
    changed = {field: {"old": old[field], "new": new[field]} for field in new if old[field] != new[field]}
    if not changed:
        raise NothingCorrected(actions=[leads_to(_("See the matter"), issue)])
    was = issue.category
    for field in asdict(written):
        setattr(issue, field, getattr(written, field))
    issue.save(update_fields=["title", "category", "building", "entrance", "place_note", "updated_at"])
    if was.pk != issue.category_id and issue.step in OPEN:
        clock.category_corrected(issue, was, now=timezone.now())
    audit.record("issue.correct", about=issue.number, by=by, reason=reason, changed=changed)
    touch("issues")
    return issue


@transaction.atomic
def set_openness(issue: Issue, openness: Openness, *, title: str, reason: str, by: Person) -> Issue:
    """Say who may read a matter. What becomes confidential leaves the draft list and the council.

    Raises NothingCorrected, and TitleGivesAway when a confidential matter is opened under its old title.
    """
    issue = _locked(issue)
    old, old_title = Openness(issue.openness), issue.title
    if openness == old:
        raise NothingCorrected(actions=[leads_to(_("See the matter"), issue)])
    title = title.strip()
    if old == Openness.CONFIDENTIAL and title in {"", old_title}:
        raise TitleGivesAway
    issue.openness, issue.title = openness, title or old_title
    issue.save(update_fields=["openness", "title", "updated_at"])
    # The old title of a confidential matter may name people; the trail says only that there was another.
    audit.record(
        "issue.set_openness",
        about=issue.number,
        by=by,
        reason=reason,
        old=old,
        new=openness,
        retitled=issue.title != old_title,
    )
    if openness == Openness.CONFIDENTIAL:
        telling.withdraw(issue)
        ListEntry.objects.filter(issue=issue, issue_list__published_at=None).delete()
        if issue.step == Step.MEET:
            issue = flow.advance(issue, Step.PROPOSE, note=str(_("Now confidential, so not for the council.")), by=by)
    touch("issues")
    return issue


def _locked(issue: Issue) -> Issue:
    return (
        Issue.objects.select_for_update(of=("self",))
        .select_related("category", "building__unit", "entrance__building__unit")
        .get(pk=issue.pk)
    )

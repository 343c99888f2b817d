"""Pages that open for one person, or for a short time, only: the handler's, a scorer's, a volunteer's own; and a draft,
a task that waits for a second look, a danger nobody has reported yet.
"""

from django.utils import timezone

from compounds.organisation.models import Person, PostKind
from consultation.models import AssignmentState, Category, Scorer
from consultation.services import ringing
from consultation.services.ringing import Consent
from notices.models import NoticeState
from tests.architecture.scenery import MARK, Scenery
from tests.consultation.handling import task_at, voice_of
from tests.factories import IssueFactory, PersonFactory, VolunteerFactory
from tests.notices.publishing.telling import notice_in
from volunteers.services import hours


def build(built: Scenery) -> list[tuple[Person, list[str]]]:
    """Stand in the compound of the scenery and call it once: who has which pages."""
    handler = PersonFactory(name=f"{MARK}工程师傅", posts=[PostKind.PROPERTY_STAFF])
    scorer = Scorer.objects.get(round__state="open", person__name=f"{MARK}打分人")
    return [
        (handler, _handlers(built.secretary)),
        (built.secretary, _branchs(built.secretary)),
        (scorer.person, [f"scoring/{scorer.round.label}/sheet/"]),
        _volunteers(built.secretary),
    ]


def _handlers(secretary: Person) -> list[str]:
    under_way, handed_out = task_at(AssignmentState.ACCEPTED), task_at(AssignmentState.HANDED_OUT)
    voice = voice_of(under_way.issue, person=PersonFactory(name=f"{MARK}奶奶", phone="13911112222"))
    ringing.agree(voice, Consent(), by=secretary)
    pages = [f"assignments/{under_way.pk}/{part}/" for part in ("report", "progress", f"ringing/{voice.pk}")]
    return [*pages, f"assignments/{handed_out.pk}/return/"]


def _branchs(secretary: Person) -> list[str]:
    danger = IssueFactory(category=Category.objects.get(name="火灾隐患、火情"), title=f"{MARK}冒烟")
    return [
        f"assignments/{task_at(AssignmentState.DONE).pk}/verifications/",
        f"issues/{danger.number}/must-report/",
        f"notices/{notice_in(NoticeState.DRAFT, by=secretary).pk}/edit/",
    ]


def _volunteers(secretary: Person) -> tuple[Person, list[str]]:
    helper = PersonFactory(name=f"{MARK}热心人", posts=[PostKind.PARTY_MEMBER])
    served = hours.Line(VolunteerFactory(person=helper), timezone.localdate(), 90, reason=f"{MARK}浇花")
    [record] = hours.write_down([served], now=timezone.now(), by=secretary)
    return helper, [f"hours/{record.pk}/dispute/"]

"""Steps 1 and 2 of a matter: a word at a door, more voices, handed to the branch, sorted and put on the list."""

from consultation.models import Issue, IssueList
from consultation.services import step1_visit, step2_propose
from consultation.services.ringing import Consent
from consultation.services.step1_visit import Place
from demo.pictures.camera import taken
from demo.stories.plans import MatterPlan, Moment, SortingPlan
from demo.stories.stage import Stage
from demo.stories.telling import Story


def raise_matter(stage: Stage, plan: MatterPlan) -> Story:
    """From the first word as far as the plan goes; the matter is then known to the stage by its key."""
    yield stage.at(plan.recorded)
    issue = stage.issues[plan.key] = _record(stage, plan)
    for n, voice in enumerate(plan.voices):
        yield stage.at((voice.days, f"19:{10 + 6 * n:02d}"))
        same_staircase = plan.entrance if voice.building == plan.building else 0
        speaker = stage.neighbour(voice.building, entrance=same_staircase)
        name, said, by = speaker.person.name, voice.said, stage.steward(voice.building)
        step1_visit.add_voice_at_door(issue, name=name, household=speaker.household, said=said, by=by)
    if plan.handed_over:
        yield stage.at(plan.handed_over)
        step1_visit.hand_over(issue, note=plan.summary, by=issue.recorded_by)
    if plan.sorting:
        yield stage.at(plan.sorting.when)
        sort(issue, plan.sorting, stage)


def publish_list(stage: Stage, moment: Moment) -> Story:
    """The draft becomes the next edition of the issue list."""
    yield stage.at(moment)
    step2_propose.publish(IssueList.objects.get(published_at=None), by=stage.secretary)


def _record(stage: Stage, plan: MatterPlan) -> Issue:
    speaker = stage.neighbour(plan.building, entrance=plan.entrance, group=plan.group)
    household = speaker.household
    if plan.on_the_grounds:
        place = Place(household=household, note=plan.place_note)
    else:
        place = Place.at_door(household, plan.place_note)
    return step1_visit.record(
        title=plan.title,
        said=plan.said,
        category=stage.category(plan.category),
        place=place,
        spoken_by=speaker.person.name,
        photos=[taken(scene, stage.at(plan.recorded)) for scene in plan.scenes],
        consent=Consent() if plan.may_be_rung else None,
        by=stage.lead(plan.building, plan.group) if plan.group else stage.steward(plan.building),
    )


def sort(issue: Issue, plan: SortingPlan, stage: Stage) -> None:
    """Sort it as planned, for the first time or anew, and put it on the draft of the list."""
    before = issue.proposals.first()
    step2_propose.propose(
        issue,
        urgency=plan.urgency,
        concerns=plan.concerns,
        served=plan.served,
        working_days=plan.working_days,
        difficulty=plan.difficulty,
        suggestion=plan.suggestion,
        seen=before.pk if before else None,
        by=stage.secretary,
    )
    if plan.listed:
        step2_propose.put_on_list(issue, by=stage.secretary)

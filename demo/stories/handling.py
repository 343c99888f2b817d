"""Steps 4 and 5 of a matter: taken over, done, looked at, posted with proof, rated and closed."""

from django.utils import timezone

from consultation.models import Assignment, FollowUp, Issue, RatingChannel
from consultation.services import follow_up, step4_handle, step5_evaluate, work_reports
from consultation.steps import FOLLOW_UP_DAYS
from demo.pictures.camera import taken
from demo.stories.plans import HandlingPlan, Moment, RatingPlan, TickPlan
from demo.stories.stage import Stage
from demo.stories.telling import Story
from notices import postings
from notices.models import PlaceKind, Posting, PostingPlace

_SCENE_OF_PLACE = {
    PlaceKind.NOTICE_BOARD: "notice_board",
    PlaceKind.WECHAT_GROUP: "wechat",
    PlaceKind.OTHER: "notice_board",
    PlaceKind.ENTRANCE: "door",
}


def handle(stage: Stage, plan: HandlingPlan) -> Story:
    """What became of one task, as far as the plan goes. It begins once the minutes are issued."""
    if plan.accepted:
        yield stage.at(plan.accepted)
        task = _task(stage, plan)
        step4_handle.accept(task, by=stage.worker_of(task.body))
    if plan.result_ticked:
        yield stage.at(plan.result_ticked.when)
        tick(stage, Posting.objects.get(assignment_of_result=_task(stage, plan)), plan.result_ticked)
    for moment, words in plan.progress:
        yield stage.at(moment)
        task = _task(stage, plan)
        work_reports.progress(task, text=words, by=stage.worker_of(task.body))
    if plan.reported:
        yield stage.at(plan.reported)
        task = _task(stage, plan)
        photos = [taken(plan.scene, stage.at(plan.reported))]
        step4_handle.report_done(task, report=plan.report, photos=photos, by=stage.worker_of(task.body))
    if plan.verified:
        yield stage.at(plan.verified)
        photo = taken(plan.scene, stage.at(plan.verified))
        by = stage.steward(plan.verified_by)
        step4_handle.verify(_task(stage, plan), passed=True, note=plan.found, photo=photo, by=by)
    yield from _make_known(stage, plan)


def _make_known(stage: Stage, plan: HandlingPlan) -> Story:
    if plan.posted:
        yield stage.at(plan.posted)
        posting = step4_handle.post_completion(_task(stage, plan), text=plan.posting, by=stage.secretary)
        if plan.completion_ticked:
            yield stage.at(plan.completion_ticked.when)
            tick(stage, posting, plan.completion_ticked)
    for rating in plan.ratings:
        yield stage.at(rating.when)
        _rate(stage, plan, rating)
    if plan.closed:
        yield stage.at(plan.closed)
        issue = stage.issues[plan.key]
        step5_evaluate.close(issue, outcome=plan.outcome, note=plan.note, by=stage.secretary)
        yield from ask_again(stage, issue, plan.closed, plan.asked or "回访过，一切正常。")


def ask_again(stage: Stage, issue: Issue, closed: Moment, words: str) -> Story:
    """A month and a day after closing somebody asked again; not yet, where that day is still to come."""
    days_ago, _time = closed
    if days_ago > FOLLOW_UP_DAYS + 1:
        yield stage.at((days_ago - FOLLOW_UP_DAYS - 1, "18:30"))
        waiting = FollowUp.objects.get(issue=issue, asked_at=None)
        follow_up.still_fine(waiting, note=words, by=stage.secretary)


def _task(stage: Stage, plan: HandlingPlan) -> Assignment:
    tasks = Assignment.objects.select_related("issue", "body").filter(issue=stage.issues[plan.key])
    return tasks.latest("pk")


def tick(stage: Stage, posting: Posting, plan: TickPlan) -> None:
    """The secretary sees to board and group, each steward to the entrances of their building."""
    now = timezone.now()
    for place in posting.places.select_related("entrance__building__unit"):
        if place.entrance and not plan.reaches(place.entrance.building.number):
            continue
        proof = taken(_SCENE_OF_PLACE[PlaceKind(place.kind)], now, plate=_plate(place))
        by = stage.steward(place.entrance.building.number) if place.entrance else stage.secretary
        postings.tick(place, proof=proof, now=now, by=by)


def _plate(place: PostingPlace) -> str:
    return f"{place.entrance.building.number}-{place.entrance.number}" if place.entrance else ""


def _rate(stage: Stage, plan: HandlingPlan, rating: RatingPlan) -> None:
    issue = stage.issues[plan.key]
    voice = issue.voices.select_related("person", "household__entrance__building")[rating.voice]
    household = voice.household
    if household is None:
        raise LookupError(f"no door behind voice {rating.voice} of {issue}")
    by = stage.steward(household.entrance.building.number)
    if rating.channel == RatingChannel.LINK:
        step5_evaluate.make_link(voice, by=by)
    step5_evaluate.rate(
        issue,
        household=household,
        stars=rating.stars,
        reason=rating.reason,
        channel=rating.channel,
        given_by=voice.person,
        by=None if rating.channel == RatingChannel.LINK else by,
    )

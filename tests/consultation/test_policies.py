"""Role × action, as a written table and tested whole: what is not drawn is forbidden."""

from itertools import product
from types import SimpleNamespace

import pytest

from compounds.kernel.errors import NotAllowed
from compounds.organisation.models import PostKind
from compounds.organisation.policies import RULES, allows, require
from consultation import policies
from consultation.models import BodyKind, Issue, ResponsibleBody
from consultation.steps import Step
from notices import policies as _rows_of_notices  # noqa: F401 - registers its rows
from tests.factories import BodyFactory, IssueFactory, PersonFactory
from volunteers import policies as _rows_of_volunteers  # noqa: F401 - registers its rows

# gs general branch secretary · cw community worker · gw grid worker · bs branch secretary · bc branch committee
# pm party member · st building steward · nl neighbour lead · rr residents' representative · oc owners' committee
# ps property company staff · vl volunteer leader
TABLE = """
                         gs cw gw bs bc pm st nl rr oc ps vl
    post.appoint          x  .  .  x  .  .  .  .  .  .  .  .
    post.end              x  .  .  x  .  .  .  .  .  .  .  .
    person.invite         x  .  .  x  .  .  .  .  .  .  .  .
    visit.record          .  x  x  x  x  .  x  x  .  .  .  .
    visit.take_back       .  x  x  x  x  .  x  x  .  .  .  .
    report.complete       .  x  x  x  x  .  x  x  .  .  .  .
    poster.make           .  .  .  x  x  .  .  .  .  .  .  .
    issue.record          .  x  x  x  x  x  x  x  x  .  .  x
    issue.add_voice       .  x  x  x  x  x  x  x  x  .  .  x
    issue.add_photo       .  x  x  x  x  x  x  x  x  .  .  x
    voice.agree_to_ring   .  x  x  x  x  x  x  x  x  .  .  x
    issue.hand_over       .  x  x  x  x  x  x  x  x  .  .  x
    issue.propose         .  .  .  x  x  .  .  .  .  .  .  .
    issue.visit_again     .  .  .  x  x  .  x  .  x  .  .  .
    issue.combine         .  .  .  x  x  .  .  .  .  .  .  .
    issue.ask_back        .  .  .  x  x  .  .  .  .  .  .  .
    issue.hand_out        .  .  .  x  x  .  .  .  .  .  .  .
    issue.hold            .  .  .  x  x  .  .  .  .  .  .  .
    settings.weigh        .  .  .  x  .  .  .  .  .  .  .  .
    issue.list            .  .  .  x  x  .  .  .  .  .  .  .
    list.publish          .  .  .  x  x  .  .  .  .  .  .  .
    meeting.convene       .  .  .  x  x  .  .  .  .  .  .  .
    meeting.sign_in       .  .  .  x  x  x  x  .  x  x  x  x
    meeting.run           .  .  .  x  x  .  .  .  .  .  .  .
    meeting.invite        .  x  x  x  x  .  x  x  .  .  .  .
    vote.count            .  .  .  x  x  .  .  .  .  x  .  .
    seat.fill             x  .  .  x  .  .  .  .  .  .  .  .
    seat.declare_vacant   x  .  .  .  .  .  .  .  .  .  .  .
    council.appoint       x  .  .  x  .  .  .  .  .  .  .  .
    council.end           x  .  .  x  .  .  .  .  .  .  .  .
    minutes.draw_up       .  .  .  x  x  .  .  .  .  .  .  .
    minutes.confirm       .  .  .  x  x  x  x  .  x  x  x  x
    minutes.issue         .  .  .  x  x  .  .  .  .  .  .  .
    assignment.accept     .  .  .  x  x  .  .  .  .  x  x  .
    assignment.report     .  .  .  x  x  .  .  .  .  x  x  .
    assignment.ring       .  .  .  x  x  .  .  .  .  x  x  .
    assignment.return     .  .  .  x  x  .  .  .  .  x  x  .
    assignment.progress   .  .  .  x  x  .  .  .  .  x  x  .
    assignment.send_link  .  .  .  x  x  .  .  .  .  x  x  .
    assignment.decide_return .  .  .  x  x  .  .  .  .  .  .  .
    assignment.nudge      .  .  .  x  x  .  .  .  .  .  .  .
    body.manage           .  .  .  x  x  .  .  .  .  .  .  .
    objection.record      .  x  x  x  x  x  x  x  x  .  .  x
    objection.answer      .  .  .  x  x  .  .  .  .  .  .  .
    assignment.verify     .  .  .  x  x  .  x  .  .  .  .  .
    issue.post            .  .  .  x  x  .  .  .  .  .  .  .
    place.tick            .  x  x  x  x  .  x  x  .  .  .  .
    issue.rate_at_door    .  x  x  x  x  x  x  x  x  .  .  x
    issue.rate            x  x  x  x  x  x  x  x  x  x  x  x
    issue.make_rating_link .  x  x  x  x  x  x  x  x  .  .  x
    issue.close           .  .  .  x  x  .  .  .  .  .  .  .
    issue.take_up_again   .  .  .  x  x  .  .  .  .  .  .  .
    settings.change       .  .  .  x  .  .  .  .  .  .  .  .
    place.change          .  .  .  x  .  .  .  .  .  .  .  .
    person.change         .  .  .  x  x  .  .  .  .  .  .  .
    household.change      .  .  .  x  x  .  .  .  .  .  .  .
    sheet.import          .  .  .  x  .  .  .  .  .  .  .  .
    sheet.export          .  .  .  x  .  .  .  .  .  .  .  .
    audit.read            x  .  .  x  x  .  .  .  .  .  .  .
    category.change       .  .  .  x  .  .  .  .  .  .  .  .
    person.erase          x  .  .  .  .  .  .  .  .  .  .  .
    reopening.answer      .  .  .  x  x  .  .  .  .  .  .  .
    follow_up.record      .  .  .  x  x  .  x  .  .  .  .  .
    issue.refer           .  .  .  x  x  .  .  .  .  .  .  .
    referral.answer       x  .  .  x  x  .  .  .  .  .  .  .
    supervision.answer    x  .  .  x  x  .  .  .  .  .  .  .
    issue.report          .  .  .  x  x  .  .  .  .  .  .  .
    issue.mediate         .  .  .  x  x  .  .  .  .  .  .  .
    issue.correct         .  .  .  x  x  .  .  .  .  .  .  .
    issue.set_openness    .  .  .  x  x  .  .  .  .  .  .  .
    person.reveal_phone   x  x  x  x  x  .  x  x  .  .  .  .
    scoring.score         x  x  x  x  x  x  x  x  x  x  x  x
    scoring.run           .  .  .  x  x  .  .  .  .  .  .  .
    scoring.make_link     .  .  .  x  x  .  .  .  .  .  .  .
    scoring.hand_out_paper .  .  .  x  x  .  .  .  .  .  .  .
    scoring.key_paper     .  x  x  x  x  .  .  .  .  .  .  .
    scoring.see_order     .  .  .  x  x  .  .  .  .  .  .  .
    scoring.note          .  .  .  x  x  .  .  .  .  .  .  .
    scoring.correct       .  .  .  x  .  .  .  .  .  .  .  .
    settings.scoring      .  .  .  x  .  .  .  .  .  .  .  .
    posting.make_picture  .  .  .  x  x  .  .  .  .  .  .  .
    issue.keep_outside_deadline .  .  .  x  x  .  .  .  .  .  .  .
    settings.clocks       .  .  .  x  .  .  .  .  .  .  .  .
    reminder.read         x  x  x  x  x  x  x  x  x  x  x  x
    settings.quiet_hours  .  .  .  x  .  .  .  .  .  .  .  .
    notice.write          x  x  x  x  x  .  x  x  .  x  x  x
    notice.approve        .  .  .  x  x  .  .  .  .  .  .  .
    notice.publish        .  .  .  x  x  .  .  .  .  .  .  .
    notice.withdraw       x  x  x  x  x  .  x  x  .  x  x  x
    robot.change          .  .  .  x  .  .  .  .  .  .  .  .
    delivery.read         .  .  .  x  x  .  .  .  .  .  .  .
    delivery.decide       .  .  .  x  x  .  .  .  .  .  .  .
    outlet.choose         x  x  x  x  x  x  x  x  x  x  x  x
    spot.change           .  .  .  x  .  .  .  .  .  .  .  .
    care.keep             .  .  .  x  x  .  x  x  .  .  .  .
    care.visit            x  x  x  x  x  x  x  x  x  x  x  x
    team.change           .  .  .  x  x  .  .  .  .  .  .  .
    volunteer.enrol       .  .  .  x  x  .  .  .  .  .  .  x
    volunteer.own         x  x  x  x  x  x  x  x  x  x  x  x
    volunteer.keep        .  .  .  x  x  .  .  .  .  .  .  x
    volunteer.suggest     .  .  .  x  x  x  .  .  .  .  .  .
    help.ask              .  x  x  x  x  .  x  x  .  .  .  x
    help.decide           .  .  .  x  x  .  .  .  .  .  .  x
    help.answer           x  x  x  x  x  x  x  x  x  x  x  x
    programme.change      .  .  .  x  x  .  .  .  .  .  .  .
    activity.plan         .  x  .  x  x  .  .  .  .  .  .  x
    activity.change       .  x  .  x  x  .  .  .  .  .  .  x
    activity.sign_up      x  x  x  x  x  x  x  x  x  x  x  x
    activity.sign_up_for  .  x  x  x  x  .  x  x  .  .  .  x
    attendance.take       .  x  .  x  x  .  .  .  .  .  .  x
    hours.approve         .  .  .  x  x  .  .  .  .  .  .  x
    hours.correct         .  .  .  x  x  .  .  .  .  .  .  x
    hours.dispute         x  x  x  x  x  x  x  x  x  x  x  x
    hours.export          .  .  .  x  x  .  .  .  .  .  .  x
    honour.propose        x  x  .  x  x  .  x  .  x  .  .  x
    honour.approve        x  .  .  x  .  .  .  .  .  .  .  .
    honour.post           .  .  .  x  x  .  .  .  .  .  .  .
    honour.give           .  .  .  x  x  .  .  .  .  .  .  .
    honour_kind.change    .  .  .  x  .  .  .  .  .  .  .  .
"""
POSTS = {
    "gs": PostKind.GENERAL_SECRETARY,
    "cw": PostKind.COMMUNITY_WORKER,
    "gw": PostKind.GRID_WORKER,
    "bs": PostKind.BRANCH_SECRETARY,
    "bc": PostKind.BRANCH_COMMITTEE,
    "pm": PostKind.PARTY_MEMBER,
    "st": PostKind.BUILDING_STEWARD,
    "nl": PostKind.NEIGHBOUR_LEAD,
    "rr": PostKind.RESIDENTS_REP,
    "oc": PostKind.OWNERS_COMMITTEE,
    "ps": PostKind.PROPERTY_STAFF,
    "vl": PostKind.VOLUNTEER_LEADER,
}


def drawn() -> dict[tuple[str, PostKind], bool]:
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return {(row[0], POSTS[short]): mark == "x" for row in rows for short, mark in zip(head, row[1:], strict=True)}


def holding(*kinds: PostKind) -> SimpleNamespace:
    """Somebody of whom only the posts matter."""
    return SimpleNamespace(kinds=frozenset(kinds))


def test_the_table_is_whole():
    assert set(POSTS.values()) == set(PostKind)
    assert {action for action, _post in drawn()} == set(RULES), "each registered action stands in the table above"


@pytest.mark.parametrize("action", RULES)
def test_a_post_allows_what_is_drawn_and_nothing_else(action):
    assert {post for post in PostKind if allows(action, holding(post))} == {
        post for post in PostKind if drawn()[action, post]
    }


@pytest.mark.parametrize("action", RULES)
def test_without_a_post_nothing_is_allowed(action):
    assert not allows(action, holding())
    assert not allows(action, None), "the district's people act through district services only"
    with pytest.raises(NotAllowed):
        require(action, None)


def test_an_action_that_nobody_has_registered_is_a_fault():
    with pytest.raises(KeyError):
        allows("issue.delete", holding(*PostKind))


def test_two_posts_allow_what_either_does():
    both = holding(PostKind.NEIGHBOUR_LEAD, PostKind.PROPERTY_STAFF)

    assert allows("issue.record", both)
    assert allows("assignment.report", both)
    assert not allows("issue.propose", both)


def test_only_posts_of_today_count(north):
    person = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
    assert allows("issue.propose", person)

    person.posts.update(ends_on="2020-12-31")
    fresh = type(person).objects.get(pk=person.pk)

    assert not allows("issue.propose", fresh)


@pytest.mark.usefixtures("north")
class TestWhoseItIs:
    """Beyond the post: is this very thing theirs to act on?"""

    # Who may report for a body of which kind; everything else is the branch's.
    @pytest.mark.parametrize(
        ("kind", "post", "may"),
        [
            (kind, post, post == policies._PEOPLE_OF_BODY.get(kind))
            for kind, post in product(
                [BodyKind.PROPERTY_COMPANY, BodyKind.OWNERS_COMMITTEE],
                [PostKind.PROPERTY_STAFF, PostKind.OWNERS_COMMITTEE, PostKind.BRANCH_SECRETARY],
            )
        ]
        + [
            (kind, post, post == PostKind.BRANCH_SECRETARY)
            for kind, post in product(
                [kind for kind in BodyKind if kind not in {BodyKind.PROPERTY_COMPANY, BodyKind.OWNERS_COMMITTEE}],
                [PostKind.PROPERTY_STAFF, PostKind.OWNERS_COMMITTEE, PostKind.BRANCH_SECRETARY],
            )
        ],
    )
    def test_a_bodys_task_is_its_own_peoples(self, kind, post, may):
        task = SimpleNamespace(body=ResponsibleBody(kind=kind))

        assert allows("assignment.report", holding(post), task) is may
        assert allows("assignment.accept", holding(post), task) is may

    def test_the_list_of_my_bodies_is_the_same_rule(self):
        for kind in BodyKind:
            BodyFactory(kind=kind)

        for post in (PostKind.PROPERTY_STAFF, PostKind.OWNERS_COMMITTEE, PostKind.BRANCH_SECRETARY):
            mine = {body.pk for body in policies.bodies_of(holding(post))}
            by_rule = {
                body.pk
                for body in ResponsibleBody.objects.all()
                if policies.handles(holding(post), SimpleNamespace(body=body))
            }
            assert mine == by_rule

    def test_a_matter_is_handed_over_by_its_recorder_its_unit_or_the_branch(self):
        recorder, colleague, stranger = (PersonFactory(posts=[PostKind.BUILDING_STEWARD]) for _ in range(3))
        secretary = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
        issue = IssueFactory(recorded_by=recorder)
        Issue.objects.filter(pk=issue.pk).update(owner_unit=colleague.posts.get().unit)
        issue = Issue.objects.get()

        assert [allows("issue.hand_over", one, issue) for one in (recorder, colleague, secretary, stranger)] == [
            True,
            True,
            True,
            False,
        ]


def test_confidential_matters_are_for_the_branch_and_who_wrote_them_down(north):
    recorder = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    IssueFactory(openness="confidential", recorded_by=recorder)
    IssueFactory(openness="members", step=Step.VISIT)

    seen = {short: Issue.objects.visible_to(PersonFactory(posts=[post])).count() for short, post in POSTS.items()}

    assert seen == {short: 2 if short in {"gs", "bs", "bc"} else 1 for short in POSTS}
    assert Issue.objects.visible_to(recorder).count() == 2
    assert Issue.objects.visible_to(None).count() == 1

"""Who may bring a notice from which state to which, as tables; what is fixed stays; one of many at once wins."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from compounds.organisation.models import AuditEntry, PostKind
from compounds.registry.context import compound_context
from notices.models import Notice, NoticeState, Posting, PostingFile
from notices.publishing import deciding, drafting
from notices.publishing.errors import NoticeFixed, NoticeMoved, PeriodOver, ReplacedAlready, SecondPersonNeeded
from notices.publishing.moves import MOVES
from tests.committing import YARD, at_once
from tests.consultation.handling import secretary
from tests.factories import PersonFactory
from tests.notices.publishing.telling import notice_in, sent, wording
from tests.pictures import a_picture

# What is done, and the states in which it works.
WORKS = {
    "approval": {"draft"},
    "return": {"draft", "approved"},
    "publication": {"approved"},
    "withdrawal": {"draft", "approved", "published"},
    "edit": {"draft"},
}
BECOMES = {"approval": "approved", "return": "draft", "publication": "published", "withdrawal": "withdrawn"}
SENT = {"return": {"why": "请写清时间"}, "withdrawal": {"why": "改期了"}}
# bs branch secretary · bc branch committee · st steward · ps property company staff · rr residents' representative
WHO = """
                 bs bc st ps rr
    approval      x  x  .  .  .
    return        x  x  .  .  .
    publication   x  x  .  .  .
    withdrawal    x  x  .  .  .
    edit          x  x  .  .  .
"""
POSTS = {
    "bs": PostKind.BRANCH_SECRETARY,
    "bc": PostKind.BRANCH_COMMITTEE,
    "st": PostKind.BUILDING_STEWARD,
    "ps": PostKind.PROPERTY_STAFF,
    "rr": PostKind.RESIDENTS_REP,
}


def drawn():
    head, *rows = [line.split() for line in WHO.strip().splitlines()]
    return [
        (row[0], POSTS[short], state, mark == "x" and state in WORKS[row[0]])
        for row in rows
        for short, mark in zip(head, row[1:], strict=True)
        for state in NoticeState.values
    ]


@pytest.mark.parametrize(("what", "post", "state", "works"), drawn())
def test_who_may_do_what_in_which_state(web, what, post, state, works):
    notice = notice_in(NoticeState(state))
    person = secretary() if post == PostKind.BRANCH_SECRETARY else PersonFactory(posts=[post])

    answer = web(person).post(f"/notices/{notice.pk}/{what}/", SENT.get(what, sent(title="改过")))

    now = Notice.objects.get(pk=notice.pk)
    # What somebody may not open is not there; what they may not do is refused; what does not fit is a conflict.
    assert answer.status_code in ({302} if works else {403, 404, 409})
    if what == "edit":
        assert (now.title == "改过") == works
    else:
        assert now.state == (BECOMES[what] if works else state)


def refused(notice, to):
    """What the database says to this change of state alone; nothing when it is taken."""
    try:
        with transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(state=to)
    except IntegrityError as error:
        return str(error)
    return ""


def test_the_database_draws_the_same_ways(north):
    for state in NoticeState:
        for to in NoticeState:
            notice = notice_in(state, kind="emergency")
            allowed = to in MOVES[state] or to == state or (state, to) == ("draft", "published")
            refusal = refused(notice, to)
            # A way that is drawn may still miss what belongs to the state: a day, a reason, who did it.
            assert ("does not go from" not in refusal) == allowed


def test_a_writer_words_an_own_draft_anew_and_no_other(web):
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    own, other = notice_in(NoticeState.DRAFT, by=steward), notice_in(NoticeState.DRAFT)

    answers = [web(steward).post(f"/notices/{row.pk}/edit/", sent(title="改过")).status_code for row in (own, other)]

    assert answers == [302, 404]
    assert list(Notice.objects.filter(title="改过")) == [own]


def test_a_writer_gives_up_an_own_draft_and_nothing_else(web):
    steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    rows = [notice_in(state, by=steward) for state in NoticeState if state != NoticeState.WITHDRAWN]
    browser = web(steward)

    offered = ["/withdrawal/" in browser.get(f"/notices/{row.pk}/").text for row in rows]
    answers = [browser.post(f"/notices/{row.pk}/withdrawal/", SENT["withdrawal"]).status_code for row in rows]

    assert offered == [True, False, False]
    assert answers == [302, 403, 403]
    given_up = Notice.objects.get(state=NoticeState.WITHDRAWN)
    assert (given_up, given_up.withdrawn_by, given_up.withdrawn_why) == (rows[0], steward, "改期了")


def test_whoever_worded_it_last_does_not_approve_it_unless_they_are_the_secretary(north):
    committee = PersonFactory(posts=[PostKind.BRANCH_COMMITTEE])
    own = notice_in(NoticeState.DRAFT, by=committee)
    changed = drafting.change(notice_in(NoticeState.DRAFT), wording(title="改过"), by=committee)
    alone = notice_in(NoticeState.DRAFT, by=secretary())

    for notice in (own, changed):
        with pytest.raises(SecondPersonNeeded):
            deciding.approve(notice, now=timezone.now(), by=committee)

    assert deciding.approve(alone, now=timezone.now(), by=secretary()).state == NoticeState.APPROVED
    assert deciding.approve(changed, now=timezone.now(), by=secretary()).approved_by == secretary()


def test_an_emergency_goes_out_at_once_and_says_who_let_it(north):
    committee = PersonFactory(posts=[PostKind.BRANCH_COMMITTEE])

    notice = deciding.publish(
        notice_in(NoticeState.DRAFT, kind="emergency", by=committee), now=timezone.now(), by=committee
    )

    assert (notice.approved_by, notice.published_by) == (committee, committee)
    with pytest.raises(NoticeMoved):
        deciding.publish(notice_in(NoticeState.DRAFT, by=committee), now=timezone.now(), by=committee)


def test_sent_back_it_says_what_is_wanted_until_it_is_worded_anew(north):
    notice = deciding.send_back(notice_in(NoticeState.APPROVED), why="请写清时间", by=secretary())
    assert (notice.state, notice.sent_back, notice.approved_at) == ("draft", "请写清时间", None)
    assert not Notice.objects.waiting().exists()

    notice = drafting.change(notice, wording(), by=notice.written_by)

    assert list(Notice.objects.waiting()) == [notice]


def test_published_its_words_are_fixed_in_the_database_too(north):
    notice = notice_in(NoticeState.PUBLISHED)
    with pytest.raises(NoticeFixed):
        drafting.change(notice, wording(title="别的"), by=secretary())

    for change in (
        {"title": "别的"},
        {"ends_on": notice.ends_on + timedelta(days=1)},
        {"state": "draft"},
        {"photos": [a_photo()]},
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**change)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).delete()

    assert Notice.objects.get(pk=notice.pk).title == notice.title


def a_photo():
    from_draft = drafting.write(wording(), photos=[a_picture()], by=secretary())
    return from_draft.photos[0]


def test_photos_come_and_go_with_the_draft(north):
    notice = drafting.write(wording(), photos=[a_picture(), a_picture(colour="red")], by=secretary())
    first, second = notice.photos

    drafting.change(notice, wording(), photos=[a_picture()], taken_out=[first], by=secretary())

    notice.refresh_from_db()
    assert len(notice.photos) == 2
    assert notice.photos[0] == second
    assert first not in notice.photos


def test_a_period_that_is_over_is_not_published(north):
    notice = notice_in(NoticeState.APPROVED)

    with pytest.raises(PeriodOver):
        deciding.publish(notice, now=timezone.now() + timedelta(days=8), by=secretary())

    assert not Posting.objects.exists()


def test_a_new_one_takes_the_place_of_the_old_one(north):
    old = notice_in(NoticeState.PUBLISHED)

    new = notice_in(NoticeState.PUBLISHED, title="改到周日", replaces=old)

    old.refresh_from_db()
    assert (old.state, old.replaced, old.withdrawn_why) == ("withdrawn", True, "")
    assert new.replaces == old


def test_only_one_takes_its_place(north):
    old = notice_in(NoticeState.PUBLISHED)
    first = notice_in(NoticeState.DRAFT, replaces=old)
    with pytest.raises(ReplacedAlready):
        notice_in(NoticeState.DRAFT, replaces=old)

    deciding.withdraw(first, why="不写了", now=timezone.now(), by=secretary())

    assert notice_in(NoticeState.DRAFT, replaces=old).replaces == old


def test_the_old_one_was_withdrawn_meanwhile(north):
    old = notice_in(NoticeState.PUBLISHED)
    new = notice_in(NoticeState.APPROVED, replaces=old)
    deciding.withdraw(old, why="取消", now=timezone.now(), by=secretary())

    deciding.publish(new, now=timezone.now(), by=secretary())

    old.refresh_from_db()
    assert (old.replaced, old.withdrawn_why) == (False, "取消")


def test_each_step_is_written_down(north):
    notice_in(NoticeState.WITHDRAWN)

    found = list(
        AuditEntry.objects.filter(action__startswith="notice.").order_by("pk").values_list("action", flat=True)
    )

    assert found == ["notice.write", "notice.approve", "notice.publish", "notice.withdraw"]


def test_of_four_who_publish_at_once_one_does_and_it_hangs_once(committing):
    with compound_context(YARD):
        notice, by = notice_in(NoticeState.APPROVED), secretary()

    def publish(_n):
        with compound_context(YARD):
            return deciding.publish(notice, now=timezone.now(), by=by)

    results = at_once(4, publish)

    with compound_context(YARD):
        assert sorted(type(result).__name__ for result in results) == ["Notice", *["NoticeMoved"] * 3]
        assert (Posting.objects.count(), PostingFile.objects.count()) == (1, 3)


def test_of_two_who_approve_and_withdraw_at_once_both_are_written_in_order(committing):
    with compound_context(YARD):
        notice, by = notice_in(NoticeState.DRAFT), secretary()

    def decide(n):
        with compound_context(YARD):
            if n:
                return deciding.withdraw(notice, why="不发了", now=timezone.now(), by=by)
            return deciding.approve(notice, now=timezone.now(), by=by)

    results = at_once(2, decide)

    with compound_context(YARD):
        assert Notice.objects.get().state == NoticeState.WITHDRAWN
        assert isinstance(results[1], Notice)
        assert isinstance(results[0], Notice | NoticeMoved)


def test_of_two_drafts_that_take_one_place_at_once_one_is_kept(committing):
    with compound_context(YARD):
        old, by = notice_in(NoticeState.PUBLISHED), secretary()

    def write(_n):
        with compound_context(YARD):
            return drafting.write(wording(), replaces=old, by=by)

    results = at_once(2, write)

    assert sorted(type(result).__name__ for result in results) == ["Notice", "ReplacedAlready"]

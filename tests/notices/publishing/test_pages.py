"""Notices on their pages: written on a form, read on the board, counted without knowing by whom."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from compounds.organisation import appointments
from compounds.organisation.models import Building, Entrance, PostKind
from compounds.oversight import figures
from compounds.registry import short_links
from notices import file_content, files
from notices.models import Notice, NoticeState, Reminder
from notices.publishing import deciding, drafting, readings
from notices.publishing import figures as _registered  # noqa: F401 - registers what is counted
from notices.reminding import engine
from tests.consultation.days import on
from tests.consultation.handling import secretary
from tests.costs import costs
from tests.factories import BuildingFactory, EntranceFactory, PersonFactory
from tests.notices.publishing.telling import notice_in, sent, wording
from tests.pictures import a_picture, photo_upload, upload

CHART = "按案件数\n刷单返利 34.62%\n冒充电商客服 16.67%"


@pytest.fixture
def writer(web):
    return web(PersonFactory(name="李楼长", posts=[PostKind.BUILDING_STEWARD]))


def test_a_notice_is_written_with_photos_and_waits_for_the_branch(web, writer):
    answer = writer.post("/notices/new/", sent(photos=[photo_upload(), photo_upload()], chart=CHART))

    notice = Notice.objects.get()
    assert answer["Location"].endswith(f"/notices/{notice.pk}/")
    assert (notice.state, len(notice.photos), notice.written_by.name) == ("draft", 2, "李楼长")
    assert "waits for the branch" in writer.get(answer["Location"]).text.lower()
    day = web(secretary()).get("/")
    assert f"/notices/{notice.pk}/" in day.text


def test_each_side_reads_of_a_notice_sent_back_what_is_theirs_to_do(web, writer):
    address = writer.post("/notices/new/", sent())["Location"]
    branch = web(secretary())
    before = branch.get(address).text
    branch.post(f"{address}return/", {"why": "写明几点停水"})

    theirs, ours = writer.get(address).text, branch.get(address).text

    assert "may it go out?" in before
    assert "Please change it." in theirs
    assert 'class="btn main full"' in theirs
    assert "its writer changes it" in ours
    assert 'class="btn main' not in ours


# What is wrong, and beside which field it is said.
WRONG = [
    ({"kind": "gossip"}, "kind"),
    ({"title": ""}, "title"),
    ({"title": "长" * 121}, "title"),
    ({"text": "\u200b"}, "text"),
    ({"text": "长" * 2001}, "text"),
    ({"target": "moon"}, "target"),
    ({"target": "buildings"}, "buildings"),
    ({"target": "buildings", "buildings": ["99999"]}, "buildings"),
    ({"target": "entrances", "entrances": ["x"]}, "entrances"),
    ({"target": "post", "post": "king"}, "post"),
    ({"target": "post"}, "post"),
    ({"ends_on": "2001-01-01"}, "ends_on"),
    ({"ends_on": "9999-01-01"}, "ends_on"),
    ({"ends_on": "soon"}, "ends_on"),
    ({"title_en": "Water"}, "text_en"),
    ({"chart_en": "A 3", "text_en": "Water"}, "title_en"),
    ({"chart": "没有数字"}, "chart"),
    ({"chart": "\n".join(f"甲{n} {n}" for n in range(13))}, "chart"),
    ({"chart": f"{'长' * 41} 3"}, "chart"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(writer, wrong, field):
    answer = writer.post("/notices/new/", sent(**wrong))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Notice.objects.exists()


def test_a_file_that_is_no_picture_is_refused_beside_the_photos(writer):
    answer = writer.post("/notices/new/", sent(photos=[upload(b"%PDF-1.7", "plan.pdf", "application/pdf")]))

    assert list(answer.context["form"].errors) == ["photos"]


def test_no_more_than_nine_photos_gather(web, writer):
    notice = drafting.write(wording(), photos=[a_picture()] * 8, by=secretary())

    answer = web(secretary()).post(f"/notices/{notice.pk}/edit/", sent(photos=[photo_upload(), photo_upload()]))

    assert list(answer.context["form"].errors) == ["photos"]


@pytest.mark.parametrize(
    ("target", "asked"),
    [("compound", None), ("buildings", "buildings"), ("entrances", "entrances"), ("post", "post"), ("moon", None)],
)
def test_the_form_asks_which_ones_only_where_it_matters(writer, target, asked):
    EntranceFactory()

    page = writer.get(f"/notices/new/?target={target}")

    shown = {name for name in ("buildings", "entrances", "post") if f'name="{name}"' in page.text}
    assert shown == ({asked} if asked else set())


def test_a_draft_is_changed_with_what_stands_there(web):
    building = BuildingFactory()
    notice = notice_in(NoticeState.DRAFT, target="buildings", places=[building.pk])
    client = web(secretary())

    page = client.get(f"/notices/{notice.pk}/edit/")
    assert f'value="{building.pk}"' in page.text
    assert "checked" in page.text.split('name="buildings"')[1].split(">")[0]

    client.post(f"/notices/{notice.pk}/edit/", sent(target="compound", title="改过"))
    notice.refresh_from_db()
    assert (notice.title, notice.places, notice.worded_by) == ("改过", [], secretary())


def test_a_replacement_begins_with_the_old_words_and_leads_there(web, anyone):
    old = notice_in(NoticeState.PUBLISHED, title="周六集合")
    client = web(secretary())
    assert "周六集合" in client.get(f"/notices/new/?replaces={old.pk}").text

    client.post(f"/notices/new/?replaces={old.pk}", sent(title="周日集合"))
    new = Notice.objects.get(replaces=old)
    client.post(f"/notices/{new.pk}/approval/")
    client.post(f"/notices/{new.pk}/publication/")

    assert f"/board/notices/{new.pk}/" in anyone.get(f"/board/notices/{old.pk}/").text
    assert "It takes the place of" in anyone.get(f"/board/notices/{new.pk}/").text
    assert client.get(f"/notices/new/?replaces={old.pk}").status_code == 409
    assert "周六集合" not in anyone.get("/board/notices/").text


@pytest.mark.parametrize("asked", ["x", "0", "99999999999999999999", "%00", "١"])
def test_what_cannot_be_replaced_breaks_nothing(writer, asked):
    assert writer.get(f"/notices/new/?replaces={asked}").status_code in {200, 404}


def test_the_board_shows_what_hangs_emergencies_first(anyone):
    with on("2026-03-04 09:00"):
        notice_in(NoticeState.PUBLISHED, kind="emergency", title="爆管停水")
    with on("2026-03-05 09:00"):
        notice_in(NoticeState.PUBLISHED, title="踏青")
        notice_in(NoticeState.DRAFT, title="草稿")
        notice_in(NoticeState.WITHDRAWN, title="作废")
        page = anyone.get("/board/")
        listed = anyone.get("/board/notices/").text
    with on("2026-03-13 09:00"):
        later = anyone.get("/board/notices/").text

    assert page.text.index("爆管停水") < page.text.index("踏青")
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    for hidden in ("草稿", "作废"):
        assert hidden not in page.text
        assert hidden not in listed
    assert "踏青" not in later
    assert "No notice is up" in later


def test_the_list_can_be_of_one_kind(anyone):
    notice_in(NoticeState.PUBLISHED, kind="law", title="普法")
    notice_in(NoticeState.PUBLISHED, title="踏青")

    laws = anyone.get("/board/notices/?kind=law").text

    assert "普法" in laws
    assert "踏青" not in laws
    assert anyone.get("/board/notices/?kind=nope").status_code == 200


def test_the_page_needs_no_login_and_names_nobody(anyone):
    writer = PersonFactory(name="墨竹楼长", posts=[PostKind.BUILDING_STEWARD])
    notice = notice_in(NoticeState.PUBLISHED, by=writer, chart=CHART)

    page = anyone.get(f"/board/notices/{notice.pk}/")

    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "墨竹" not in page.text
    assert secretary().name not in page.text
    assert "34.62%" in page.text
    assert "<table>" in page.text


def test_a_clarified_rumour_is_marked_as_such(anyone):
    notice = notice_in(NoticeState.PUBLISHED, kind="rumour")

    assert "Not true: clarified" in anyone.get(f"/board/notices/{notice.pk}/").text


@pytest.mark.parametrize(
    ("language", "english", "shown"),
    [("en", True, "Water off"), ("en", False, "停水"), ("zh-hans", True, "停水"), ("zh-hans", False, "停水")],
)
def test_it_is_read_in_the_language_it_was_written_in(north, language, english, shown):
    words = {"title_en": "Water off", "text_en": "From nine to noon."} if english else {}
    notice = notice_in(NoticeState.PUBLISHED, title="停水", **words)

    page = Client(headers={"accept-language": language}).get(f"/c/north/board/notices/{notice.pk}/")

    assert f">{shown}</h1>" in page.text
    assert ('<h1 lang="zh-Hans">' in page.text) == (shown == "停水")


def test_withdrawn_it_says_why_where_its_link_leads(anyone):
    notice = notice_in(NoticeState.WITHDRAWN)
    link = short_links.short_path(files.short_link_of(notice.posting))

    page = Client(headers={"accept-language": "en"}).get(link, follow=True)

    assert page.redirect_chain[-1][0] == f"/c/north/board/notices/{notice.pk}/"
    assert "写错了日期" in page.text


def test_ended_it_says_so(anyone):
    with on("2026-03-04 09:00"):
        notice = notice_in(NoticeState.PUBLISHED)
    with on("2026-04-04 09:00"):
        page = anyone.get(f"/board/notices/{notice.pk}/").text

    assert "Its time ended on" in page
    assert "hx-post" not in page


def test_never_published_it_is_nowhere_in_public(anyone):
    draft = notice_in(NoticeState.DRAFT)
    given_up = deciding.withdraw(notice_in(NoticeState.DRAFT), why="不发", now=timezone.now(), by=secretary())

    answers = [anyone.get(f"/board/notices/{row.pk}/").status_code for row in (draft, given_up)]

    assert answers == [404, 404]


def test_its_photos_are_public_with_it(anyone, web):
    notice = drafting.write(wording(), photos=[a_picture()], by=secretary())
    photo = notice.photos[0]
    public = f"/board/notices/{notice.pk}/photos/{photo}/small/"
    assert anyone.get(public).status_code == 404
    assert web(secretary()).get(f"/notices/{notice.pk}/photos/{photo}/small/").status_code == 200

    deciding.approve(notice, now=timezone.now(), by=secretary())
    deciding.publish(notice, now=timezone.now(), by=secretary())

    assert anyone.get(public).status_code == 200


def test_the_long_picture_says_what_kind_of_notice_it_is(north):
    notice = notice_in(NoticeState.PUBLISHED, kind="anti_fraud")

    facts = file_content.picture(notice.posting, compound_name="北苑", link="")

    assert (facts["word"], facts["kind"]) == ("通知", "反诈")
    assert facts["answered_within"] == 0


def test_a_browser_is_counted_once_a_day(north):
    with on("2026-03-04 09:00"):
        notice = notice_in(NoticeState.PUBLISHED)
        address = f"/c/north/board/notices/{notice.pk}/reading/"
        first, second = Client(), Client()
        answers = [client.post(address) for client in (first, first, second)]
    with on("2026-03-05 00:00"):
        # A browser drops the cookie at midnight; Django's test client does not look at the clock.
        assert answers[0].cookies["read"]["max-age"] == 15 * 3600
        first.cookies.clear()
        first.post(address)

    notice.refresh_from_db()
    assert notice.readings == 3
    assert answers[0].cookies["read"]["path"] == address
    assert answers[0].cookies["read"].value == "1"
    assert not answers[1].cookies


def test_one_address_drives_the_number_up_only_so_far(north):
    notice, other = notice_in(NoticeState.PUBLISHED), notice_in(NoticeState.PUBLISHED)

    for _look in range(readings.FROM_ONE_ADDRESS + 5):
        Client().post(f"/c/north/board/notices/{notice.pk}/reading/", REMOTE_ADDR="203.0.113.5")
    Client().post(f"/c/north/board/notices/{notice.pk}/reading/", REMOTE_ADDR="203.0.113.6")
    Client().post(f"/c/north/board/notices/{other.pk}/reading/", REMOTE_ADDR="203.0.113.5")

    counted = [Notice.objects.get(pk=one.pk).readings for one in (notice, other)]
    assert counted == [readings.FROM_ONE_ADDRESS + 1, 1]


def test_a_look_that_no_screen_shows_is_not_counted(anyone):
    notice = notice_in(NoticeState.PUBLISHED)

    anyone.head(f"/board/notices/{notice.pk}/")
    page = anyone.get(f"/board/notices/{notice.pk}/")
    anyone.get(f"/board/notices/{notice.pk}/reading/")

    notice.refresh_from_db()
    assert notice.readings == 0
    assert "Read 0 times." in page.text
    assert f'hx-post="/c/north/board/notices/{notice.pk}/reading/"' in page.text


@pytest.mark.parametrize("state", [NoticeState.DRAFT, NoticeState.WITHDRAWN])
def test_what_is_not_up_is_not_counted(anyone, web, state):
    notice = notice_in(state)

    for client in (anyone, web(secretary())):
        client.post(f"/board/notices/{notice.pk}/reading/")

    notice.refresh_from_db()
    assert notice.readings == 0


def test_one_for_the_holders_of_a_post_is_counted_for_them_only(anyone, web):
    notice = notice_in(NoticeState.PUBLISHED, target="post", post=PostKind.GRID_WORKER)
    grid = web(PersonFactory(posts=[PostKind.GRID_WORKER]))

    assert anyone.post(f"/board/notices/{notice.pk}/reading/").status_code == 404
    assert grid.post(f"/board/notices/{notice.pk}/reading/").status_code == 204

    notice.refresh_from_db()
    assert notice.readings == 1


@pytest.mark.parametrize("told", [True, False])
def test_an_emergency_stands_on_top_of_my_day_until_it_is_opened(web, told):
    person = PersonFactory(posts=[PostKind.GRID_WORKER])
    notice = notice_in(NoticeState.PUBLISHED, kind="emergency", title="爆管停水")
    client = web(person)
    before = client.get("/").text
    if told:
        engine.look(timezone.now())

    client.post(f"/board/notices/{notice.pk}/reading/")

    assert 'id="emergencies"' in before
    assert before.index('id="emergencies"') < before.index("Reminders")
    assert 'id="emergencies"' not in client.get("/").text
    engine.look(timezone.now())
    assert Reminder.objects.get(person=person, kind="notice_published").read_at


def test_an_emergency_anywhere_stands_in_the_day_of_the_branch_except_whoever_published_it(web, north):
    building, elsewhere = BuildingFactory(), BuildingFactory()
    committee = PersonFactory(posts=[PostKind.BRANCH_COMMITTEE])
    steward = PersonFactory()
    since = timezone.localdate() - timedelta(days=9)
    appointments.appoint(steward, kind=PostKind.BUILDING_STEWARD, unit=elsewhere.unit, starts_on=since, by=None)
    told = {"kind": "emergency", "title": "燃气异味", "target": "buildings", "places": [building.pk]}
    waiting = notice_in(NoticeState.DRAFT, by=steward, **told)
    before = web(committee).get("/").text

    notice = deciding.publish(waiting, now=timezone.now(), by=secretary())
    engine.look(timezone.now())

    people = (committee, steward, secretary())
    assert "an emergency: to be published at once" in before.lower()
    assert ['id="emergencies"' in web(one).get("/").text for one in people] == [True, False, False]
    reminded = Reminder.objects.filter(kind="notice_published", key=str(notice.pk))
    assert [row.person for row in reminded] == [committee]
    web(committee).post(f"/board/notices/{notice.pk}/reading/")
    assert 'id="emergencies"' not in web(committee).get("/").text


def test_a_page_costs_the_same_for_one_notice_and_for_sixty(web):
    EntranceFactory()
    client = web(secretary())
    first = _of_every_target()
    pages = ["/board/", "/board/notices/", "/notices/", "/notices/?all=1", "/", f"/board/notices/{first.pk}/"]

    one = costs(client, pages)
    for _n in range(20):
        _of_every_target()
    sixty = costs(client, pages)

    # Four emergencies for one building leave no room for others, so that their places are not looked up.
    assert {page: asked for page, asked in sixty.items() if asked > one[page]} == {}
    assert Notice.objects.count() == 84


def _of_every_target():
    building, entrance = Building.objects.first(), Entrance.objects.first()
    notice_in(NoticeState.PUBLISHED, by=secretary(), kind="emergency", target="buildings", places=[building.pk])
    notice_in(NoticeState.PUBLISHED, by=secretary(), target="entrances", places=[entrance.pk])
    notice_in(NoticeState.DRAFT, by=secretary(), target="buildings", places=[building.pk])
    return notice_in(NoticeState.PUBLISHED, by=secretary())


def test_the_district_counts_what_was_published_this_quarter(north):
    def counted(day):
        with on(day):
            values = {}
            for source in figures.SOURCES:
                if any(figure.key == "notices" for figure in source.figures):
                    values |= source.count(timezone.localdate())
            return {key: value.part for key, value in values.items()}

    with on("2026-02-03"):
        notice_in(NoticeState.PUBLISHED, kind="anti_fraud")
    with on("2026-03-30"):
        notice_in(NoticeState.PUBLISHED)
        notice_in(NoticeState.WITHDRAWN)
        notice_in(NoticeState.DRAFT)

    assert counted("2026-03-31") == {"notices": 3, "notices_anti_fraud": 1, "notices_up": 1}
    assert counted("2026-04-01") == {"notices": 0, "notices_anti_fraud": 0, "notices_up": 1}


def test_pages_hold_together_over_sixty(anyone):
    for n in range(30):
        notice_in(NoticeState.PUBLISHED, by=secretary(), title=f"第{n}条")

    first = anyone.get("/board/notices/")
    second = anyone.get(f"/board/notices/{first.context['page'].next_url}")

    titles = [line.notice.title for page in (first, second) for line in page.context["lines"]]
    assert len(set(titles)) == 24
    assert timezone.localdate() + timedelta(days=7) == Notice.objects.first().ends_on

"""A resident's own report: no account, at most so many, completed by the steward, followed by a code."""

import pytest

from compounds.organisation.models import PostKind
from compounds.registry import short_links
from compounds.registry.models import Compound, CompoundState, ShortLink
from consultation.errors import ReportCompleted, ReportNotCompleted, VoiceAlready
from consultation.models import Category, Issue, Openness, Outcome, Report, VisitOutcome, Voice
from consultation.services import flow, reports, step1_visit, step2_combine
from consultation.steps import Step
from consultation.web import posters
from consultation.web import reports as web_reports
from tests.factories import EntranceFactory, HouseholdFactory, IssueFactory, PersonFactory
from tests.pictures import photo_upload, upload

SAID = "电梯按了没反应，等了十分钟。七楼的老人下不来"


@pytest.fixture
def steward(north):
    return PersonFactory(name="周楼长", posts=[PostKind.BUILDING_STEWARD])


@pytest.fixture
def entrance(steward):
    return EntranceFactory(building=steward.serving[0].unit.building, number=1)


def category(name: str = "电梯设备") -> Category:
    return Category.objects.get(name=name)


def send(entrance, kind: str = "电梯设备", **sender) -> tuple[Report, str]:
    return reports.send(
        entrance=entrance,
        category=category(kind),
        said=SAID,
        place_note="",
        sender=reports.Sender(**sender),
        photos=[],
    )


def filled(**changes) -> dict:
    return {"category": category().pk, "said": SAID} | changes


class TestSending:
    def test_from_the_form_to_a_matter_of_the_buildings_steward(self, anyone, steward, entrance):
        door = HouseholdFactory(entrance=entrance, door="601")
        form = filled(name="王奶奶", door="601", phone="138 0000 1111", may_call="on", photos=[photo_upload()])

        answer = anyone.post(f"/report/{entrance.pk}/", form)

        issue = Issue.objects.get()
        assert answer.status_code == 302
        assert answer["Location"].endswith("/?sent=1")
        assert (issue.step, issue.owner_unit, issue.title) == (Step.VISIT, entrance.building.unit, "电梯按了没反应")
        assert (issue.entrance, issue.building, issue.due_on is not None) == (entrance, entrance.building, True)
        assert (issue.spoken_by.name, issue.spoken_by.phone) == ("王奶奶", "13800001111")
        assert (issue.recorded_by.name, issue.photos.count()) == (reports.LETTER_BOX, 1)
        assert issue.report.household == door

    def test_a_door_that_nobody_confirmed_counts_for_nothing(self, entrance):
        HouseholdFactory(entrance=entrance, door="601")
        send(entrance, name="王奶奶", household=entrance.households.get())

        assert Issue.objects.with_voices().get().households_behind == 0
        assert not entrance.households.get().people.exists()
        assert entrance.households.get().last_contact_on is None

    def test_until_it_is_completed_the_company_reads_nothing_since_the_title_is_the_residents_own_words(
        self, web, steward, entrance
    ):
        report, _code = send(entrance)
        company, address = PersonFactory(posts=[PostKind.PROPERTY_STAFF]), f"/issues/{report.issue.number}/"
        both = PersonFactory(posts=[PostKind.PROPERTY_STAFF, PostKind.RESIDENTS_REP])

        before = [web(who).get(address).status_code for who in (company, both, steward)]
        listed = web(company).get("/issues/").text
        reports.complete(report.issue, title="电梯失灵", name="", household=None, spoken=None, by=steward)

        assert before == [404, 200, 200]
        assert report.issue.title not in listed
        assert "电梯失灵" in web(company).get(address).text

    def test_nothing_need_be_said_about_oneself(self, anyone, entrance):
        assert anyone.post(f"/report/{entrance.pk}/", filled()).status_code == 302

        assert Issue.objects.get().spoken_by.name == reports.SOMEBODY

    def test_without_a_serving_steward_it_is_with_the_branch(self, north):
        report, _code = send(EntranceFactory())

        assert report.issue.owner_unit.level == 2

    @pytest.mark.parametrize("kind", ["邻里纠纷", "家庭暴力、未成年人"])
    def test_a_confidential_category_begins_confidential_and_with_the_branch(self, steward, entrance, kind):
        report, _code = send(entrance, kind)

        assert report.issue.openness == Openness.CONFIDENTIAL
        assert report.issue.owner_unit.level == 2
        assert not Issue.objects.visible_to(steward).exists()

    def test_danger_comes_first_with_the_numbers_to_call(self, anyone, entrance):
        chosen = category("电梯困人")

        start = anyone.get(f"/report/{entrance.pk}/").text
        form = anyone.get(f"/report/{entrance.pk}/?category={chosen.pk}").text

        assert start.index("Danger? Call first") < start.index("Everything else")
        assert 'href="tel:96333"' in form
        assert form.index("tel:96333") < form.index("<textarea")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"said": ""}, "Please write in a few words what is the matter."),
            ({"said": "长" * 1001}, "at most 1000 characters"),
            ({"door": "9999"}, "There is no door 9999 in this entrance."),
            ({"phone": "abc", "may_call": "on"}, "A phone number has 7 to 15 digits."),
            ({"phone": "13800001111"}, "Without your consent we may not keep the number."),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(self, anyone, entrance, changes, said):
        answer = anyone.post(f"/report/{entrance.pk}/", filled(name="王奶奶", **changes))

        assert answer.status_code == 422
        assert said in answer.text
        assert "王奶奶" in answer.text
        assert not Issue.objects.exists()

    def test_a_photo_that_is_none_is_refused_beside_its_field(self, anyone, entrance):
        answer = anyone.post(f"/report/{entrance.pk}/", filled(photos=[upload(b"GIF89a")]))

        assert answer.status_code == 422
        assert SAID in answer.text
        assert not Issue.objects.exists()

    @pytest.mark.parametrize("asked", ["", "x", "0", "9" * 30, "'--"])
    def test_without_a_category_one_is_asked_again_what_it_is_about(self, anyone, entrance, asked):
        assert "What is it about?" in anyone.post(f"/report/{entrance.pk}/", filled(category=asked)).text
        assert not Issue.objects.exists()

    def test_of_an_entrance_that_is_not_there_is_nothing(self, anyone):
        assert anyone.get("/report/999999/").status_code == 404

    def test_one_address_sends_so_many_in_an_hour(self, anyone, entrance):
        others = EntranceFactory()
        for _n in range(web_reports.REPORTS_AN_HOUR):
            assert anyone.post(f"/report/{entrance.pk}/", filled()).status_code == 302

        refused = anyone.post(f"/report/{others.pk}/", filled())

        assert refused.status_code == 429
        assert "Please come back in an hour" in refused.text
        assert Issue.objects.count() == web_reports.REPORTS_AN_HOUR

    def test_one_entrance_takes_so_many_in_an_hour_from_anywhere(self, anyone, entrance):
        for n in range(web_reports.REPORTS_AN_HOUR_PER_ENTRANCE):
            anyone.post(f"/report/{entrance.pk}/", filled(said=""), REMOTE_ADDR=f"10.0.0.{n}")

        assert anyone.post(f"/report/{entrance.pk}/", filled(), REMOTE_ADDR="10.0.1.1").status_code == 429
        other = EntranceFactory()
        assert anyone.post(f"/report/{other.pk}/", filled(), REMOTE_ADDR="10.0.1.1").status_code == 302

    def test_the_title_is_the_first_clause_and_not_longer_than_a_line(self, entrance):
        assert reports._first_words("  灯不亮。昨天起 ") == "灯不亮"
        assert len(reports._first_words("长" * 300)) == 40


class TestCompleting:
    def test_says_who_and_which_door_and_then_it_can_be_handed_over(self, web, steward, entrance):
        door = HouseholdFactory(entrance=entrance, door="601")
        report, _code = send(entrance, name="王奶奶", household=door)
        number = report.issue.number
        client = web(steward)

        assert client.post(f"/issues/{number}/hand-over/").status_code == 409
        start = client.get(f"/issues/{number}/report/").context["form"]
        assert (start["name"].value(), start["door"].value()) == ("王奶奶", "601")
        at = {"where": f"e{entrance.pk}", "door": "601", "spoken": "talked"}
        sent = {"title": "电梯按钮失灵", "name": "王秀英", **at}
        assert client.post(f"/issues/{number}/report/", sent).status_code == 302
        assert client.post(f"/issues/{number}/hand-over/").status_code == 302

        issue = Issue.objects.with_voices().get()
        door.refresh_from_db()
        assert (issue.step, issue.title, issue.households_behind) == (Step.PROPOSE, "电梯按钮失灵", 1)
        assert (issue.spoken_by.name, issue.spoken_by.household) == ("王秀英", door)
        assert door.last_contact_on is not None

    def test_waits_in_the_stewards_day_and_is_the_first_thing_to_do(self, web, steward, entrance):
        report, _code = send(entrance)
        client = web(steward)

        assert "sent by a resident" in client.get("/").text
        page = client.get(f"/issues/{report.issue.number}/")
        main = next(action for action in page.context["actions"] if action.main)
        assert main.allowed
        assert main.url.endswith("/report/")

    def test_somebody_known_at_that_door_is_not_written_down_twice(self, steward, entrance):
        door = HouseholdFactory(entrance=entrance)
        known = PersonFactory(name="王奶奶", household=door)
        report, _code = send(entrance, name="王奶奶", phone="13800001111", may_call=True)

        reports.complete(report.issue, title="灯", name="王奶奶", household=door, spoken=None, by=steward)

        known.refresh_from_db()
        issue = Issue.objects.get()
        assert issue.spoken_by == known
        assert issue.voices.get().person == known
        assert known.phone == "13800001111"

    def test_who_stands_behind_it_already_is_not_counted_twice(self, steward, entrance):
        door = HouseholdFactory(entrance=entrance)
        report, _code = send(entrance)
        step1_visit.add_voice_at_door(report.issue, name="王奶奶", household=door, by=steward)

        with pytest.raises(VoiceAlready):
            reports.complete(report.issue, title="灯", name="王奶奶", household=door, spoken=None, by=steward)

        assert Report.objects.get().completed_at is None

    def test_where_nobody_could_find_out_it_goes_on_all_the_same(self, steward, entrance):
        report, _code = send(entrance)

        reports.complete(report.issue, title="灯不亮", name="", household=None, spoken=None, by=steward)

        assert step1_visit.hand_over(report.issue, by=steward).step == Step.PROPOSE

    def test_twice_is_told_who_was_first(self, steward, entrance):
        report, _code = send(entrance)
        done = {"title": "灯", "name": "", "household": None, "spoken": None, "by": steward}
        reports.complete(report.issue, **done)

        with pytest.raises(ReportCompleted) as refusal:
            reports.complete(report.issue, **done)

        assert "周楼长" in refusal.value.context()["message"]

    def test_before_it_nothing_is_handed_over(self, steward, entrance):
        report, _code = send(entrance)

        with pytest.raises(ReportNotCompleted):
            step1_visit.hand_over(report.issue, by=steward)

    def test_is_for_those_who_hold_it(self, web, entrance):
        report, _code = send(entrance)
        url = f"/issues/{report.issue.number}/report/"

        for kind in (PostKind.BUILDING_STEWARD, PostKind.PARTY_MEMBER, PostKind.PROPERTY_STAFF):
            assert web(PersonFactory(posts=[kind])).get(url).status_code == 403

    def test_a_matter_that_was_recorded_as_usual_has_nothing_to_complete(self, web, steward):
        issue = IssueFactory(recorded_by=steward)

        assert web(steward).get(f"/issues/{issue.number}/report/").status_code == 404


def test_the_property_company_never_reads_who_sent_it(web, steward, entrance):
    report, _code = send(entrance, name="诸葛建国", phone="13800001111", may_call=True)
    reports.complete(report.issue, title="电梯失灵", name="诸葛建国", household=None, spoken=None, by=steward)

    page = web(PersonFactory(posts=[PostKind.PROPERTY_STAFF])).get(f"/issues/{report.issue.number}/").text

    # The matter, by its title; neither who sent it nor their own words.
    assert "电梯失灵" in page
    for hidden in (SAID, "电梯按了没反应", "诸葛建国", "1111"):
        assert hidden not in page


class TestFollowing:
    def test_the_code_is_shown_once_and_only_its_hash_is_kept(self, anyone, entrance):
        first = anyone.post(f"/report/{entrance.pk}/", filled(), follow=True)
        code = first.context["code"]
        digits = code.replace(" ", "")

        assert len(digits) == 12
        assert code in first.text
        assert code not in anyone.get(f"/track/{digits}/").text
        assert digits not in Report.objects.get().tracking_hash

    @pytest.mark.parametrize("typed", ["{} {} {}", "{}-{}-{}", " {}{}{} "])
    def test_is_found_however_it_is_typed(self, anyone, entrance, typed):
        _report, code = send(entrance)

        assert anyone.get("/track/", {"code": typed.format(*code.split())}).status_code == 302

    @pytest.mark.parametrize("typed", ["1", "000000000000", "x" * 12, "１２３４５６７８９０１２", "\x00"])
    def test_a_wrong_code_says_so_and_keeps_what_was_typed(self, anyone, typed):
        assert anyone.get("/track/", {"code": typed}).status_code == 422
        assert anyone.get("/track/nope/").status_code == 404

    def test_wrong_codes_are_limited_right_ones_are_not(self, anyone, entrance):
        _report, code = send(entrance)
        for _n in range(web_reports.WRONG_CODES_AN_HOUR):
            anyone.get("/track/", {"code": "1"})

        assert anyone.get("/track/", {"code": "1"}).status_code == 429
        assert anyone.get(f"/track/{code.replace(' ', '')}/").status_code == 200

    def test_shows_step_and_answer_and_nothing_personal(self, anyone, steward, entrance):
        door = HouseholdFactory(entrance=entrance, door="98甲76")
        report, code = send(entrance, name="诸葛建国", household=door)
        reports.complete(
            report.issue, title="电梯失灵", name="诸葛建国", household=door, spoken=VisitOutcome.TALKED, by=steward
        )
        step1_visit.hand_over(report.issue, by=steward)
        flow.advance(report.issue, Step.CLOSED, outcome=Outcome.NOT_OURS, note="已请开发商处理", by=steward)

        page = anyone.get(f"/track/{code.replace(' ', '')}/").text

        assert "电梯失灵" in page
        assert "已请开发商处理" in page
        assert "not ours" in page
        for hidden in ("诸葛建国", "98甲76", "周楼长", SAID):
            assert hidden not in page

    def test_what_was_merged_goes_on_as_the_other_matter(self, anyone, steward, entrance):
        report, code = send(entrance, phone="13800001111", may_call=True, handlers_may_ring=True)
        into = IssueFactory(step=Step.HANDLE, title="3栋电梯要大修", category=report.issue.category)
        flow.advance(report.issue, Step.PROPOSE, by=steward)
        step2_combine.merge(report.issue, into=into, note="同一部电梯", by=steward)
        address = f"/track/{code.replace(' ', '')}/"

        page = anyone.get(address)
        taken_back = anyone.post(f"{address}ringing/")

        assert "3栋电梯要大修" in page.text
        assert into.number in page.text
        assert "goes on together" in page.text
        assert page.context["step"] == Step.HANDLE
        assert taken_back.status_code == 302
        assert not Voice.objects.to_ring().exists()

    def test_what_was_merged_into_a_confidential_one_shows_nothing_of_it(self, anyone, steward, entrance):
        report, code = send(entrance)
        into = IssueFactory(step=Step.PROPOSE, title="老陈和老李", openness=Openness.CONFIDENTIAL)
        flow.advance(report.issue, Step.PROPOSE, by=steward)
        step2_combine.merge(report.issue, into=into, note="", by=steward)

        page = anyone.get(f"/track/{code.replace(' ', '')}/").text

        assert "is with the branch" in page
        assert into.title not in page
        assert into.number not in page

    def test_a_confidential_one_only_says_that_we_have_it(self, anyone, entrance):
        report, code = send(entrance, "邻里纠纷")

        page = anyone.get(f"/track/{code.replace(' ', '')}/").text

        assert "is with the branch" in page
        for hidden in (report.issue.title, report.issue.number, "邻里纠纷", "Where"):
            assert hidden not in page

    def test_search_engines_stay_away(self, anyone, entrance):
        _report, code = send(entrance)

        for address in (f"/report/{entrance.pk}/", "/track/", f"/track/{code.replace(' ', '')}/"):
            assert "noindex" in anyone.get(address)["X-Robots-Tag"]


class TestPosters:
    def test_each_entrance_gets_a_short_link_once_and_keeps_it(self, web, entrance):
        secretary = web(PersonFactory(posts=[PostKind.BRANCH_SECRETARY]))
        secretary.post("/posters/codes/")
        first = ShortLink.objects.get()
        EntranceFactory()

        secretary.post("/posters/codes/")

        assert ShortLink.objects.count() == 2
        assert ShortLink.objects.get(path=f"report/{entrance.pk}/") == first

    def test_the_code_leads_to_the_report_page_and_never_names_the_compound(self, web, anyone, north, entrance):
        posters.make_links()
        link = ShortLink.objects.get()

        sheet = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).get(f"/posters/{entrance.building.number}/").text

        assert f"/q/{link.code}" in sheet
        assert "<svg" in sheet
        assert north.slug not in link.code
        assert short_links.of([link.path]) == {link.path: link}

    def test_a_building_without_codes_says_what_to_do(self, web, entrance):
        page = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).get(f"/posters/{entrance.building.number}/")

        assert "have no code yet" in page.text


@pytest.mark.django_db
class TestShortLinks:
    @pytest.fixture
    def link(self):
        compound = Compound.objects.get(slug="north")
        return ShortLink.objects.create(code="k7m2pqx", compound=compound, path="report/1/")

    def test_leads_into_its_compound(self, client, link):
        assert client.get("/q/k7m2pqx")["Location"] == "/c/north/report/1/"
        assert client.get("/q/K7M2PQX").status_code == 302

    @pytest.mark.parametrize("code", ["nope", "k7m2pq", "%00", "'--"])
    def test_an_unknown_one_leads_nowhere(self, client, link, code):
        assert client.get(f"/q/{code}").status_code == 404

    def test_into_a_compound_that_is_not_open_neither(self, client, link):
        Compound.objects.filter(pk=link.compound_id).update(state=CompoundState.ARCHIVED)

        assert client.get("/q/k7m2pqx").status_code == 404

"""Open311 GeoReport v2, asked as the specification says: by plain HTTP, in XML and JSON."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import OperationalError, connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg import errors

from compounds.partners.models import Client
from compounds.partners.scopes import Scope
from consultation.models import Assignment, Category, Issue, Openness, Outcome
from consultation.open311 import answers, asking
from consultation.steps import Step
from tests.factories import BodyFactory, EntranceFactory, IssueFactory, PersonFactory, at_step
from tests.partnering import a_client, token_for

HERE = "/c/north/open311/v2"
EN = {"Accept-Language": "en"}
HIDDEN = "王大妈"


def get(path, **query):
    return Browser().get(f"{HERE}/{path}", query, headers=EN)


def rows(**query):
    answer = get("requests.json", **query)
    assert answer.status_code == 200, answer.content
    return [one["service_request_id"] for one in answer.json()]


def post(path="requests.json", *, headers=None, **form):
    return Browser().post(f"{HERE}/{path}", form, headers=EN | (headers or {}))


def refusal(answer):
    """Status and description, the same in both kinds."""
    if answer["Content-Type"].startswith("text/xml"):
        root = ElementTree.fromstring(answer.content)
        (error,) = root.findall("error")
        assert root.tag == "errors"
        code, description = error.findtext("code"), error.findtext("description")
    else:
        (error,) = answer.json()
        code, description = error["code"], error["description"]
    assert int(code) == answer.status_code
    return answer.status_code, description


@pytest.fixture
def key(north):
    """A lasting key: a partner's secret."""
    return a_client(north)[1]


@pytest.fixture
def form(key):
    """The smallest request."""
    code = Category.objects.filter(openness=Openness.PUBLIC).first().pk
    return {"api_key": key, "service_code": code, "description": "电梯半夜咣当响。", "address_string": "3栋门口"}


# Discovery, services and their definitions


def test_discovery_says_where_what_and_in_which_formats(north):
    root = ElementTree.fromstring(get("discovery.xml").content)

    (endpoint,) = root.findall("endpoints/endpoint")
    assert root.tag == "discovery"
    assert endpoint.findtext("url") == f"http://testserver{HERE}"
    assert endpoint.findtext("specification") == "http://wiki.open311.org/GeoReport_v2"
    assert [one.text for one in endpoint.findall("formats/format")] == ["text/xml", "application/json"]
    assert get("discovery.json").json()["endpoints"][0]["url"] == endpoint.findtext("url")


def test_services_are_the_kinds_of_matters_in_use(north):
    Category.objects.filter(pk=1).update(active=False)

    answer, xml = get("services.json"), get("services.xml")

    told = {one["service_code"]: one["service_name"] for one in answer.json()}
    assert told == {str(one.pk): one.name_en for one in Category.objects.filter(active=True)}
    root = ElementTree.fromstring(xml.content)
    assert xml["Content-Type"] == "text/xml; charset=utf-8"
    assert [one.findtext("service_code") for one in root.findall("service")] == list(told)
    assert {one.findtext("metadata") for one in root} == {"true"}


def test_a_definition_lists_the_buildings(north):
    building = EntranceFactory().building
    code = Category.objects.first().pk

    told = get(f"services/{code}.json").json()
    root = ElementTree.fromstring(get(f"services/{code}.xml").content)

    assert [one["code"] for one in told["attributes"]] == ["title", "building", "entrance"]
    assert told["attributes"][1]["values"][0]["key"] == str(building.number)
    assert root.findtext("attributes/attribute[2]/values/value/key") == str(building.number)


@pytest.mark.parametrize("code", ["99999", "x", "9999999999999", "１"])
def test_an_unknown_service_is_not_found(north, code):
    assert refusal(get(f"services/{code}.xml"))[0] == 404


# Reading requests


def test_what_hangs_on_the_board_is_told_and_nothing_else(north):
    shown = [IssueFactory(step=step) for step in (Step.MEET, Step.HANDLE, Step.EVALUATE)]
    for step in (Step.VISIT, Step.PROPOSE, Step.REFERRED):
        IssueFactory(step=step)
    for openness in (Openness.MEMBERS, Openness.CONFIDENTIAL):
        IssueFactory(step=Step.MEET, openness=openness)

    assert set(rows()) == {issue.number for issue in shown}


def test_nobodys_words_or_place_notes_are_told(north):
    issue = IssueFactory(step=Step.MEET, title="电梯异响", said=HIDDEN, place_note=HIDDEN)

    for path in ("requests.xml", "requests.json", f"requests/{issue.number}.xml", f"requests/{issue.number}.json"):
        answer = get(path).content.decode()
        assert "电梯异响" in answer
        assert HIDDEN not in answer


def test_one_request_in_both_kinds(north):
    entrance = EntranceFactory()
    issue = IssueFactory(step=Step.MEET, title="<&> 异响", entrance=entrance, building=entrance.building)

    (told,) = get(f"requests/{issue.number}.json").json()
    root = ElementTree.fromstring(get(f"requests/{issue.number}.xml").content)

    assert root.tag == "service_requests"
    assert {one.tag: one.text for one in root.find("request")} == told
    assert (told["description"], told["status"]) == (issue.title, "open")
    assert told["address_id"] == f"{entrance.building.number}-{entrance.number}"
    assert told["requested_datetime"].endswith("+08:00")


def test_open_and_closed_come_from_the_step(north):
    going = IssueFactory(step=Step.MEET)
    done = at_step(IssueFactory(), Step.HANDLE, by=PersonFactory())
    Assignment.objects.create(issue=done, body=BodyFactory(), task="更换减震垫", due_on=timezone.localdate())
    Issue.objects.filter(pk=done.pk).update(step=Step.CLOSED, outcome=Outcome.SOLVED, closed_at=timezone.now())

    assert (rows(status="open"), rows(status="closed")) == ([going.number], [done.number])
    assert set(rows(status="open,closed")) == {going.number, done.number}
    (told,) = get(f"requests/{done.number}.json").json()
    assert (told["status"], told["status_notes"]) == ("closed", "solved")
    assert refusal(get("requests.json", status="lost"))[0] == 400


def test_ids_stand_above_all_other_filters(north):
    a, b, _c = (IssueFactory(step=Step.MEET) for _n in range(3))

    assert set(rows(service_request_id=f"{a.number}, {b.number},2020-9999", status="closed")) == {a.number, b.number}


def test_services_are_chosen_by_code(north):
    one, other = Category.objects.filter(openness=Openness.PUBLIC)[:2]
    a, b = IssueFactory(step=Step.MEET, category=one), IssueFactory(step=Step.MEET, category=other)

    assert rows(service_code=one.pk) == [a.number]
    assert set(rows(service_code=f"{one.pk},{other.pk}")) == {a.number, b.number}
    assert refusal(get("requests.json", service_code="99999"))[0] == 404


def test_without_dates_it_is_the_last_ninety_days(north):
    old, new = IssueFactory(step=Step.MEET), IssueFactory(step=Step.MEET)
    now = timezone.now()
    Issue.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=100))
    start = (now - timedelta(days=120)).strftime("%Y-%m-%dT%H:%M:%SZ")

    assert rows() == [new.number]
    assert rows(start_date=start) == [old.number]
    assert rows(end_date=(now - timedelta(days=95)).isoformat()) == [old.number]


@pytest.mark.parametrize(
    "query",
    [
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
        {"start_date": "2026-01-01"},
        {"start_date": "2026-01-01T00:00:00"},
        {"start_date": "2026-13-01T00:00:00Z"},
        {"end_date": "0001-01-01T00:00:00Z"},
        {"end_date": "9999-12-31T23:59:59-23:59"},
    ],
)
def test_dates_that_cannot_be_are_refused(north, query):
    assert refusal(get("requests.xml", **query))[0] == 400


def test_a_list_costs_the_same_for_one_request_and_for_sixty(north):
    IssueFactory(step=Step.MEET)
    rows()
    with CaptureQueriesContext(connection) as one:
        rows()
    for _n in range(59):
        IssueFactory(step=Step.MEET)
    with CaptureQueriesContext(connection) as sixty:
        assert len(rows()) == 60

    assert len(sixty) == len(one)


@pytest.mark.parametrize("path", ["requests/2020-0001.xml", "requests/%00.xml", "tokens/x.xml", "requests.html", "x"])
def test_what_is_not_there_is_refused_in_its_form(north, path):
    assert refusal(get(path))[0] == 404


def test_another_jurisdiction_is_not_found(north):
    assert refusal(get("services.xml", jurisdiction_id="south"))[0] == 404
    assert get("services.xml", jurisdiction_id="north").status_code == 200


def test_what_is_read_may_be_kept_and_read_by_any_page(north):
    answer = get("services.xml")

    assert "public" in answer["Cache-Control"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_who_reads_too_often_waits(north, monkeypatch):
    monkeypatch.setattr(answers, "MOST_READS", 2)

    told = [get("services.xml") for _n in range(3)]

    assert [one.status_code for one in told] == [200, 200, 429]
    assert told[2]["Retry-After"] == "60"


# Making one


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_a_request_becomes_a_matter_under_the_partners_name(form, kind):
    entrance = EntranceFactory()
    address = f"{entrance.building.number}-{entrance.number}"

    answer = post(f"requests.{kind}", **form, address_id=address)

    assert answer.status_code == 201, answer.content
    issue = Issue.objects.get()
    if kind == "json":
        number = answer.json()[0]["service_request_id"]
    else:
        number = ElementTree.fromstring(answer.content).findtext("request/service_request_id")
    assert (number, issue.step, issue.entrance) == (issue.number, Step.VISIT, entrance)
    assert (issue.said, issue.place_note) == (form["description"], form["address_string"])
    assert issue.recorded_by.name == "12345 热线"


def test_its_title_holds_nothing_of_what_was_said_unless_it_was_given(form):
    post(**form)
    post(**form, **{"attribute[title]": "电梯夜里异响"})

    plain, given = Issue.objects.order_by("pk")
    assert plain.title == plain.category.name
    assert given.title == "电梯夜里异响"


def test_names_and_numbers_of_residents_are_not_kept(form):
    post(**form, first_name=HIDDEN, last_name=HIDDEN, phone="13800001111", email="w@example.com")

    kept = " ".join(str(value) for value in Issue.objects.values().get().values())
    assert HIDDEN not in kept
    assert "13800001111" not in kept


def test_a_photos_address_is_kept_with_the_words_and_not_fetched(form):
    post(**form, media_url="https://example.com/a.jpg")

    assert Issue.objects.get().said.endswith("\nhttps://example.com/a.jpg")


def test_it_is_read_once_the_branch_has_made_it_known(form):
    number = post(**form).json()[0]["service_request_id"]
    assert get(f"requests/{number}.json").status_code == 404

    Issue.objects.update(step=Step.MEET)

    assert get(f"requests/{number}.json").json()[0]["service_request_id"] == number
    assert get(f"tokens/{number}.json").json() == [{"service_request_id": number, "token": number}]


def test_a_confidential_one_is_taken_in_and_told_no_further(form):
    code = Category.objects.filter(openness=Openness.CONFIDENTIAL).first().pk

    answer = post(**form | {"service_code": code})

    assert answer.status_code == 201
    assert "confidential" in answer.json()[0]["service_notice"]
    assert rows() == []


def test_a_token_of_the_api_is_a_key_too(north, form):
    client, secret = a_client(north)
    token = token_for(client, secret)
    del form["api_key"]

    in_form = post(**form, api_key=token)
    in_header = post(**form, headers={"Authorization": f"Bearer {token}"})

    assert (in_form.status_code, in_header.status_code) == (201, 201)


@pytest.mark.parametrize("wrong", ["", "x", "x" * 600])
def test_without_a_valid_key_nothing_is_made(form, wrong):
    assert refusal(post("requests.xml", **form | {"api_key": wrong}))[0] == 403
    assert not Issue.objects.exists()


def test_a_key_in_the_address_is_none(form):
    key = form.pop("api_key")

    assert refusal(post(f"requests.xml?api_key={key}", **form))[0] == 403


def test_a_key_is_worth_nothing_without_grant_scope_or_use(north, south, form):
    elsewhere = a_client(south)[1]
    reader = a_client(north, scopes=[Scope.ISSUES_READ])[1]
    stopped, secret = a_client(north)
    Client.objects.filter(pk=stopped.pk).update(active=False)

    for key in (elsewhere, reader, secret):
        assert refusal(post(**form | {"api_key": key}))[0] == 403
    assert not Issue.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status", "named"),
    [
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "99999"}, 404, "service_code"),
        ({"description": " "}, 400, "description"),
        ({"description": "长" * 2001}, 400, "description"),
        ({"address_string": ""}, 400, "location"),
        ({"address_string": "长" * 81}, 400, "address_string"),
        ({"address_id": "99"}, 400, "address_id"),
        ({"address_id": "3栋"}, 400, "address_id"),
        ({"lat": "27.8"}, 400, "lat"),
        ({"lat": "x", "long": "113"}, 400, "lat"),
        ({"attribute[building]": "三"}, 400, "attribute[building]"),
        ({"attribute[title]": "长" * 81}, 400, "attribute[title]"),
        ({"media_url": "file:///etc/passwd"}, 400, "media_url"),
        ({"jurisdiction_id": "south"}, 404, "jurisdiction_id"),
        ({"description": "a\x00b"}, 400, ""),
    ],
)
def test_what_is_wrong_is_named(form, wrong, status, named):
    code, description = refusal(post("requests.xml", **form | wrong))

    assert (code, named in description) == (status, True), description
    assert not Issue.objects.exists()


def test_latitude_and_longitude_are_kept_as_the_place(form):
    form.pop("address_string")

    assert post(**form, lat="27.827", long="113.134").status_code == 201
    assert Issue.objects.get().place_note == "27.827, 113.134"


def test_another_kind_of_body_is_refused(form):
    answer = Browser().post(f"{HERE}/requests.json", json.dumps(form), content_type="application/json")

    assert refusal(answer)[0] == 415


def test_a_partner_that_makes_too_many_waits(north, form):
    Client.objects.update(per_minute=1)

    assert [post(**form).status_code for _n in range(2)] == [201, 429]


def test_what_a_partner_makes_is_counted_by_itself_and_not_by_its_address(form, monkeypatch):
    monkeypatch.setattr(answers, "MOST_READS", 1)

    made = [post(**form).status_code for _n in range(3)]
    strangers = [post(**form | {"api_key": "x"}).status_code for _n in range(2)]

    assert made == [201] * 3
    assert strangers == [403, 429]


@pytest.mark.parametrize(
    "kind",
    [
        *(f"application/x-www-form-urlencoded; charset={name}" for name in ("gbk", "base64")),
        "multipart/form-data; boundary=x; charset=base64",
        "multipart/form-data",
    ],
)
@pytest.mark.parametrize("path", ["requests.json", "requests.xml"])
def test_a_form_that_cannot_be_read_is_refused_as_the_specification_does(form, kind, path):
    body = b'--x\r\nContent-Disposition: form-data; name="description"\r\n\r\nx\r\n--x--\r\n'

    answer = Browser().generic("POST", f"{HERE}/{path}", body, content_type=kind)

    assert refusal(answer)[0] == 400


@pytest.mark.parametrize(("cause", "status"), [("LockNotAvailable", 503), ("AdminShutdown", 503)])
def test_what_the_database_refuses_for_the_moment_is_told_in_the_same_way(form, monkeypatch, cause, status):
    def refuses(request, said):
        raise OperationalError from getattr(errors, cause)()

    monkeypatch.setattr(asking, "require_jurisdiction", refuses)

    answer = post(**form)

    assert refusal(answer)[0] == status
    assert int(answer["Retry-After"]) > 0

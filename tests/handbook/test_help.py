"""The help opens at one's own role, and leads only where its reader may go."""

import re

import pytest
from django.test import Client
from django.utils import translation

from compounds.accounts.models import User
from compounds.organisation.models import PostKind
from compounds.registry.models import Compound, Staff
from handbook.roles import BY_SLUG, PAGES, pages_of
from tests.factories import PersonFactory

HREF = re.compile(r'href="(/[^"#]*)"')


def main_part(text: str) -> str:
    return text.partition("<main")[2].partition("<aside")[0]


def links(text: str) -> list[str]:
    """Where the page's own lines lead, without its frame."""
    return list(dict.fromkeys(HREF.findall(main_part(text))))


def test_every_post_has_one_page():
    posts = [post for page in PAGES for post in page.posts]

    assert sorted(posts) == sorted(PostKind)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_has_a_monday_a_week_and_answers(language):
    with translation.override(language):
        for page in PAGES:
            assert len(page.monday) >= 3
            assert len(page.week) >= 3
            assert len(page.asked) >= 2
            ends = "。" if language == "zh-hans" else (".", "“.")
            assert all(str(line.text).endswith(ends) for line in (*page.monday, *page.week))


@pytest.mark.parametrize("post", PostKind)
def test_a_member_begins_at_their_own_page_and_every_link_opens(web, post):
    member = PersonFactory(posts=[post])
    client = web(member)
    page = pages_of(member)[0]

    answer = client.get("/help/")

    assert f"<h1>{page.title}</h1>" in answer.text.replace("&#x27;", "'")
    found = links(answer.text)
    assert len(found) >= 4
    assert {path: client.get(path).status_code for path in found} == dict.fromkeys(found, 200)
    wanted = {line.to for line in (*page.monday, *page.week)} - {""}
    assert len(found) >= len(wanted) * 3 // 4, "most of one's own page leads somewhere"


def test_the_pages_of_others_lead_only_where_the_reader_may_go(web):
    lead = PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])
    client = web(lead)

    shut = {}
    for slug in BY_SLUG:
        answer = client.get(f"/help/{slug}/")
        assert answer.status_code == 200
        shut |= {path: status for path in links(answer.text) if (status := client.get(path).status_code) != 200}

    assert shut == {}
    assert "/inbox/" not in client.get("/help/secretary/").text
    assert "/admin/" not in client.get("/help/district/").text


def test_a_resident_finds_the_residents_page_and_every_link_opens(anyone):
    answer = anyone.get("/help/")

    assert "<h1>Resident</h1>" in answer.text
    found = links(answer.text)
    assert len(found) >= 5
    assert {path: anyone.get(path).status_code for path in found} == dict.fromkeys(found, 200)


@pytest.mark.django_db
class TestOutside:
    def test_staff_find_the_page_of_the_district_and_every_link_opens(self):
        user = User.objects.create(username="district", display_name="区里的人", is_staff=True)
        district = Compound.objects.get(slug="north").community.district
        Staff.objects.create(user=user, district=district, level="administer")
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)

        answer = client.get("/help/")

        assert "<h1>District and street staff</h1>" in answer.text
        found = links(answer.text)
        assert len(found) >= 6
        assert {path: client.get(path).status_code for path in found} == dict.fromkeys(found, 200)

    def test_somebody_without_a_login_reads_all_pages(self):
        client = Client()

        assert {client.get(f"/help/{slug}/").status_code for slug in BY_SLUG} == {200}
        assert client.get("/help/words/").status_code == 200
        assert client.get("/help/nobody/").status_code == 404


def test_a_member_outside_of_all_compounds_is_led_to_the_help_of_theirs(web):
    person = PersonFactory(posts=[PostKind.BUILDING_STEWARD])
    client = Client()
    client.force_login(User.objects.get(pk=person.user_id))

    assert 'href="/help/"' in client.get("/?pick=1").text
    assert client.get("/help/")["Location"] == "/c/north/help/"


@pytest.mark.parametrize("path", ["/", "/issues/", "/tree/", "/board/", "/nowhere/"])
def test_every_page_leads_to_the_help(web, path):
    answer = web(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).get(path)

    assert 'href="/c/north/help/"' in answer.text


def test_the_board_leads_to_the_help(anyone):
    assert 'href="/c/north/help/"' in anyone.get("/board/").text

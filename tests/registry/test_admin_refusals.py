"""What the district's people read when a rule says no, and below what they may only read."""

import pytest
from django.urls import reverse

from compounds.registry.models import Compound, Membership
from tests.organisation.district.conftest import Above
from tests.registry.scopes import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def above(db):
    community = Compound.objects.get(slug="north").community
    return Above(community.district, community.street, community)


def of_north(name):
    return reverse(f"admin:registry_compound_{name}", args=[Compound.objects.get(slug="north").pk])


def test_a_rule_that_says_no_leads_back_into_the_admin(above):
    admin = above.client("administer", "district")
    form = f"http://testserver{of_north('archive')}"
    again = reverse("admin:registry_compound_opening_again", args=[Compound.objects.get(slug="north").pk])

    response = admin.post(again, headers={"referer": form})

    assert response.status_code == 409
    assert 'id="pages"' in response.text
    assert reverse("admin:index") in response.text
    assert f'href="{of_north("archive")}"' in response.text
    assert "Nothing has been changed." in response.text


def test_a_reader_is_told_so_and_not_sent_to_the_branch(above):
    response = above.client("read", "district").get(of_north("secretaries"))

    assert response.status_code == 403
    assert "Your login lets you read here" in response.text
    assert "branch secretary" not in response.text


@pytest.mark.parametrize("level", ["read", "administer"])
def test_inside_a_compound_staff_are_led_to_their_own_pages(above, level):
    response = above.client(level, "district").post("/c/north/posts/new/", {})

    assert response.status_code == 403
    assert "change nothing on them" in response.text
    assert 'href="/admin/"' in response.text


@pytest.mark.parametrize(("what", "said"), [("change", ">关闭<"), ("changelist", "时间"), ("compound", "网址")])
def test_records_that_are_only_read_speak_chinese(above, what, said):
    user = above.user("read", "district")
    client = signed_in(user)
    member = Membership.objects.create(user=user, compound=Compound.objects.get(slug="north"))
    addresses = {
        "change": reverse("admin:registry_membership_change", args=[member.pk]),
        "changelist": reverse("admin:registry_membership_changelist"),
        "compound": of_north("change"),
    }

    text = client.get(addresses[what], headers={"accept-language": "zh-hans"}).text

    assert said in text
    assert [word for word in ("办结", "Created at", "Schema name") if word in text] == []


def test_a_page_that_is_not_there_or_not_open_leads_staff_to_their_pages(above):
    reader = above.client("read", "district")
    pages = [reader.get("/admin/compounds/nowhere/"), reader.get(reverse("admin:registry_community_add"))]

    assert [page.status_code for page in pages] == [404, 403]
    assert all('href="/admin/"' in page.text for page in pages)


@pytest.mark.parametrize("model", ["staff", "communityappointment"])
@pytest.mark.parametrize("sent", ["on", "9" * 40, "-1", "\0", "²", "9223372036854775808"])
def test_a_login_that_nobody_has_is_an_error_beside_the_field(above, model, sent):
    response = above.client("administer", "district").post(reverse(f"admin:registry_{model}_add"), {"user": sent})

    assert response.status_code == 200
    assert "user" in response.context["adminform"].form.errors

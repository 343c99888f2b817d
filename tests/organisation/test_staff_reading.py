"""Staff read a compound's own pages as its people see them, change nothing, and leave one trace for each page."""

import pytest

from compounds.accounts.models import User
from compounds.registry.models import Staff, StaffEntry, Street
from consultation.models import Openness
from tests.factories import IssueFactory
from tests.pictures import photo_upload


@pytest.fixture
def reader(north):
    """``reader(level, scope)``: somebody whose scope holds the compound, or ``beside`` it."""
    community = north.community
    street = Street.objects.create(district=community.district, name="测试街道")
    community.street = street
    community.save()
    other = Street.objects.create(district=community.district, name="另一街道")
    scopes = {
        "district": {"district": community.district},
        "street": {"street": street},
        "community": {"community": community},
        "beside": {"street": other},
    }

    def made(level: str, scope: str) -> User:
        user = User.objects.create(username=f"{scope}-{level}", display_name="区里的人", is_staff=True)
        Staff.objects.create(user=user, level=level, **scopes[scope])
        return user

    return made


@pytest.mark.parametrize("level", ["read", "administer"])
@pytest.mark.parametrize(("scope", "read"), [("district", 200), ("street", 200), ("community", 200), ("beside", 403)])
def test_the_scope_decides_about_reading_and_nobody_writes(anyone, reader, level, scope, read):
    issue = IssueFactory()
    anyone.force_login(reader(level, scope))

    answers = [anyone.get(path).status_code for path in ("/tree/", "/issues/", f"/issues/{issue.number}/")]
    posted = [anyone.post(path).status_code for path in ("/posts/new/", f"/issues/{issue.number}/hand-over/")]

    assert answers == [read] * 3
    assert posted == [403] * 2
    issue.refresh_from_db()
    assert issue.step == "visit"


def test_what_is_confidential_is_not_there(anyone, reader):
    shown = IssueFactory(title="公开的事", openness=Openness.MEMBERS)
    hidden = IssueFactory(title="保密的事", openness=Openness.CONFIDENTIAL)
    anyone.force_login(reader("administer", "district"))

    assert "公开的事" in anyone.get("/issues/").text
    assert "保密的事" not in anyone.get("/issues/").text
    assert anyone.get(f"/issues/{shown.number}/").status_code == 200
    assert anyone.get(f"/issues/{hidden.number}/").status_code == 404


def test_each_page_leaves_one_trace_and_its_pictures_none(anyone, reader, secretary, web):
    issue = IssueFactory()
    web(secretary).post(f"/issues/{issue.number}/photos/", {"photos": photo_upload()})
    photo = issue.photos.get().photo_id
    user = reader("read", "district")
    anyone.force_login(user)

    anyone.get(f"/issues/{issue.number}/")
    for size in ("small", "full"):
        anyone.get(f"/issues/{issue.number}/photos/{photo}/{size}/", headers={"sec-fetch-dest": "image"})

    assert list(StaffEntry.objects.values_list("path", flat=True)) == [f"/issues/{issue.number}/"]


def test_a_picture_that_is_opened_by_itself_leaves_a_trace(anyone, reader, secretary, web):
    issue = IssueFactory()
    web(secretary).post(f"/issues/{issue.number}/photos/", {"photos": photo_upload()})
    photo = issue.photos.get().photo_id
    anyone.force_login(reader("read", "district"))

    anyone.get(f"/issues/{issue.number}/photos/{photo}/full/", headers={"sec-fetch-dest": "document"})

    assert StaffEntry.objects.count() == 1


def test_a_page_that_claims_to_be_a_picture_leaves_its_trace(anyone, reader):
    anyone.force_login(reader("read", "district"))

    anyone.get("/tree/", headers={"sec-fetch-dest": "image"})

    assert StaffEntry.objects.count() == 1


def test_the_board_is_everybodys_and_leaves_none(anyone, reader):
    anyone.force_login(reader("read", "district"))

    anyone.get("/board/")

    assert not StaffEntry.objects.exists()

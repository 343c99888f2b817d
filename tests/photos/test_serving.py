"""Who gets a picture: whoever may see the row that points at it, by a view, never by a public address."""

import pytest
from django.conf import settings
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.photos import intake, sizes
from compounds.photos.models import Photo
from compounds.photos.serving import photo_response
from consultation.models import Issue, Openness
from consultation.services import step1_visit
from tests.factories import IssueFactory, PersonFactory
from tests.pictures import a_picture

pytestmark = pytest.mark.usefixtures("north")


@pytest.fixture
def steward():
    return PersonFactory(posts=[PostKind.BUILDING_STEWARD])


def with_photo(openness: Openness) -> tuple[Issue, Photo]:
    by = PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])
    issue = IssueFactory(openness=openness, recorded_by=by)
    return issue, step1_visit.add_photo(issue, a_picture(), by=by).photo


def address(issue: Issue, photo: Photo, size: str = "small") -> str:
    return reverse("issue_photo", args=[issue.number, photo.pk, size], urlconf=settings.COMPOUND_URLCONF)


def test_until_its_sizes_are_made_the_whole_photo_is_shown_and_not_cached():
    photo = intake.keep(a_picture())

    answer = photo_response(photo, "small")

    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_made_size_is_shown_with_its_type_and_kept_private():
    intake.keep(a_picture(1000, 500))
    sizes.make_waiting(timezone.now)

    answer = photo_response(Photo.objects.get(), "small")

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")
    answer.close()


@pytest.mark.parametrize("size", ["", "huge", "../full", "full.jpg", "Small"])
def test_there_are_three_sizes_only(size):
    photo = intake.keep(a_picture())

    with pytest.raises(Http404):
        photo_response(photo, size)


def test_there_is_no_public_address_of_files():
    photo = intake.keep(a_picture())

    assert not settings.MEDIA_URL or Client().get(f"/media/{photo.path('c_north', 'full')}").status_code == 404


@pytest.mark.parametrize("openness", [Openness.PUBLIC, Openness.MEMBERS])
def test_a_member_sees_the_photo_of_a_matter_they_may_see(web, steward, openness):
    answer = web(steward).get(address(*with_photo(openness)))

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"


def test_a_member_does_not_see_the_photo_of_a_confidential_matter(web, steward):
    answer = web(steward).get(address(*with_photo(Openness.CONFIDENTIAL)))

    assert answer.status_code == 404


def test_a_photo_is_not_shown_through_another_matter(web, steward):
    _hidden, photo = with_photo(Openness.CONFIDENTIAL)
    shown, _other = with_photo(Openness.PUBLIC)

    assert web(steward).get(address(shown, photo)).status_code == 404


def test_nobody_without_a_login_sees_a_members_photo(anyone):
    answer = anyone.get(address(*with_photo(Openness.MEMBERS)))

    assert answer.status_code in {302, 404}

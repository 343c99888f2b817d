"""A steward puts a posting up with a phone in the hand: a sheet to print, a photo at the door, the group, 11 of 14."""

from pathlib import Path

import pytest
from django.utils import timezone

from compounds.registry.context import compound_context
from notices import postings
from notices.models import FileForm, FileState, PlaceKind, Posting, PostingKind, PostingPlace
from tests.committing import YARD
from tests.factories import BuildingFactory, EntranceFactory
from tests.journeys.conftest import Phone, Phones
from tests.journeys.stage import Stage, photo_in, set_stage
from tests.journeys.test_five_steps import t
from tests.pictures import a_picture
from tests.reading_codes import pages_of, texts_of

TITLE = "3栋电梯夜里异响"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


@pytest.fixture
def posting(stage: Stage) -> Posting:
    """It is to hang in fourteen buildings, and hangs in ten; not in the steward's."""
    with compound_context(YARD):
        for number in (1, 2, *range(4, 15)):
            EntranceFactory(building=BuildingFactory(number=number), number=1)
        made = postings.put_up(
            PostingKind.COMPLETION,
            title=TITLE,
            text="已更换导靴，试运行三晚无异响。",
            today=timezone.localdate(),
            by=stage.secretary,
        )
        others = made.places.filter(kind=PlaceKind.ENTRANCE).exclude(entrance=stage.door.entrance)
        for place in others[:10]:
            postings.tick(place, proof=a_picture(), now=timezone.now(), by=stage.secretary)
        return made


def _ticks(steward: Phone, place: PostingPlace, photo: Path, *, said: str) -> None:
    steward.page.locator(f"a[href$='/places/{place.pk}/']").click()
    steward.page.wait_for_load_state()
    steward.tap(said)
    steward.page.locator("[aria-invalid=true]").first.wait_for(state="attached")
    steward.page.locator("input[type=file]").first.set_input_files(photo)
    steward.tap(said)
    steward.sees(t("Where it hangs"))


def test_a_steward_puts_it_up_and_sees_eleven_of_fourteen(
    phones: Phones, stage: Stage, posting: Posting, tmp_path: Path
) -> None:
    with compound_context(YARD):
        door = posting.places.get(entrance=stage.door.entrance)
        group = posting.places.get(kind=PlaceKind.WECHAT_GROUP)
    steward = phones(stage.steward)
    steward.open("")
    steward.sees(t("to be put up in your building; %(done)s of %(all)s buildings have it") % {"done": 10, "all": 14})
    steward.page.locator(f"a[href$='/postings/{posting.pk}/']").first.click()
    steward.sees(t("It hangs in %(done)s of %(all)s buildings.") % {"done": 10, "all": 14})
    assert steward.page.evaluate("document.documentElement.scrollWidth") <= 390

    _prints(steward, posting)
    _ticks(steward, door, photo_in(tmp_path), said=t("Yes, it hangs there"))
    steward.sees(t("It hangs in %(done)s of %(all)s buildings.") % {"done": 11, "all": 14})
    _ticks(steward, group, photo_in(tmp_path, "screenshot.jpg", "seagreen"), said=t("Yes, it is forwarded"))

    with compound_context(YARD):
        ticked = posting.places.ticked().filter(ticked_by=stage.steward)
        assert {place.pk for place in ticked} == {door.pk, group.pk}
        assert all(place.proof_id for place in ticked)
    steward.open("")
    assert steward.page.locator(f"a[href$='/postings/{posting.pk}/']").count() == 0, "the own building is done"


def _prints(steward: Phone, posting: Posting) -> None:
    """The worker has made them by now, or does within some seconds."""
    for _n in range(40):
        with compound_context(YARD):
            if posting.files.exclude(state=FileState.READY).count() == 0:
                break
        steward.page.wait_for_timeout(500)
    steward.page.reload()
    link = steward.page.locator(f"a[href$='/sheets/{FileForm.ENTRANCES}/']")
    assert link.inner_text().startswith(t("one sheet for each entrance, A4"))
    address = steward.address + str(link.get_attribute("href"))
    body = steward.page.context.request.get(address).body()
    texts = texts_of(body)
    assert len(pages_of(body, dpi=20)) == 14
    assert all(TITLE in text for text in texts)

"""A notice on phones: a steward writes it, the branch sends it back, then lets it out; a neighbour reads it."""

import pytest

from compounds.organisation.models import Building
from compounds.registry.context import compound_context
from notices.models import Notice, NoticeState, PlaceKind
from tests.committing import YARD
from tests.journeys.conftest import Phones
from tests.journeys.stage import Stage, set_stage
from tests.journeys.test_five_steps import t
from tests.notices.publishing.telling import TITLE

TEXT = "明天上午九点到十二点停水。"


@pytest.fixture
def stage(phones: Phones) -> Stage:
    with compound_context(YARD):
        return set_stage()


def test_written_sent_back_published_and_read_once_per_browser(phones: Phones, stage: Stage) -> None:
    with compound_context(YARD):
        building = Building.objects.get(number=3)
    writer, branch, neighbour = phones(stage.steward), phones(stage.secretary), phones(None)

    writer.open("notices/")
    writer.tap(t("Write a notice"))
    writer.page.locator("select[name=kind]").select_option("progress")
    writer.fill("title", TITLE)
    writer.fill("text", TEXT)
    writer.choose("target", "buildings")
    writer.page.locator("[name=buildings]").first.wait_for()
    writer.tap(t("Save for the branch"))
    writer.page.locator("[name=buildings][aria-invalid=true]").first.wait_for()
    writer.choose("buildings", str(building.pk))
    writer.tap(t("Save for the branch"))
    writer.sees(t("Written down. The branch looks at it before it goes out."))

    branch.open("")
    branch.page.get_by_text(TITLE).first.click()
    branch.tap(t("Send back"))
    branch.fill("why", "请写清楚哪一天")
    branch.tap(t("Send back"))
    branch.sees(t("Sent back to whoever wrote it."))

    writer.open("")
    writer.page.get_by_text(TITLE).first.click()
    writer.sees("请写清楚哪一天")
    writer.tap(t("Change"))
    writer.fill("text", f"三月五日{TEXT}")
    writer.tap(t("Save for the branch"))
    writer.sees(t("Saved."))

    branch.open("")
    branch.page.get_by_text(TITLE).first.click()
    branch.tap(t("Approve"))
    branch.tap(t("Publish"))
    branch.sees(t("Published. Those for whom it is meant are told."))
    branch.sees(t("For the WeChat group"))

    neighbour.open("board/")
    for _n in range(2):
        with neighbour.page.expect_response("**/reading/"):
            neighbour.page.get_by_text(TITLE).first.click()
        neighbour.sees(f"三月五日{TEXT}")
        neighbour.page.go_back()
    with compound_context(YARD):
        notice = Notice.objects.get()
        assert (notice.state, notice.readings, notice.written_by) == (NoticeState.PUBLISHED, 1, stage.steward)
        assert notice.posting is not None
        kinds = set(notice.posting.places.values_list("kind", flat=True))
        assert kinds == {PlaceKind.ENTRANCE, PlaceKind.WECHAT_GROUP}

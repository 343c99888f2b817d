"""Of what people are told about honours."""

import pytest

from compounds.organisation.models import PostKind
from tests.consultation.days import days_of, look_daily, on, told, words
from tests.volunteers.honours import holder, proposed, secretary
from volunteers.services import honours

pytestmark = pytest.mark.usefixtures("north")


def test_what_waits_is_told_once_for_each_day_to_those_who_may_approve_it():
    boss, general = secretary(), holder(PostKind.GENERAL_SECRETARY)
    with on("2026-03-02 20:00"):
        early = [proposed(), proposed()]
    with on("2026-03-03 20:00"):
        proposed(by=boss)
        done = proposed()
        honours.approve([done], by=boss)

    look_daily("2026-03-03", "2026-03-12")

    assert days_of("honour_to_approve") == ["03-04", "03-05"]
    assert [name for name, _kind in told("honour_to_approve")] == [boss.name, general.name]
    assert words("honour_to_approve")[0] == f"{len(early)} proposals for honours wait for your word."

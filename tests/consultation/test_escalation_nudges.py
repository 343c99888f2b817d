"""Three urgings (催办) take a matter one level up."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from consultation import my_day
from consultation.errors import NothingToUrge
from consultation.models import AssignmentState, Escalation, Issue
from consultation.services import nudges
from tests.consultation.clock_cases import levels
from tests.consultation.handling import secretary, task_at

pytestmark = [pytest.mark.usefixtures("north"), pytest.mark.urls("config.urls_compound")]


class TestNudges:
    def nudged(self, times: int, *, state: AssignmentState = AssignmentState.ACCEPTED) -> Issue:
        task = task_at(state)
        for n in range(times):
            nudges.urge(task, by=secretary() if n % 2 else None)
        return task.issue

    @pytest.mark.parametrize(
        ("times", "expected"), [(2, []), (3, ["branch"]), (5, ["branch"]), (6, ["branch", "general"])]
    )
    def test_three_take_it_one_level_up(self, times, expected):
        issue = self.nudged(times)

        assert levels(issue) == expected
        assert set(Escalation.objects.values_list("reason", flat=True)) <= {"nudges"}

    def test_they_never_reach_the_office_above(self):
        assert levels(self.nudged(12)) == ["branch", "general"]

    def test_they_show_in_the_day_of_whom_they_reach_though_nothing_is_late(self):
        self.nudged(3)

        with override("en"):
            whats = [str(row.what) for row in my_day.waiting_for(secretary(), timezone.localdate())]
        assert [what for what in whats if "urged three times" in what]

    def test_what_nobody_works_on_is_not_urged(self):
        with pytest.raises(NothingToUrge):
            self.nudged(3, state=AssignmentState.DONE)

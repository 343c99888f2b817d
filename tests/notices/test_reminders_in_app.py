"""Reminders in the app: on my day, on their page, read by a POST; quiet hours on theirs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compounds.organisation.models import AuditEntry, OrganisationSettings, PostKind
from notices.models import Reminder
from tests.factories import PersonFactory
from tests.notices.stage import look

pytestmark = pytest.mark.usefixtures("north")


class TestInTheApp:
    def test_my_day_and_the_page_show_what_is_out_and_reading_is_a_post(self, stage, web):
        for n in range(3):
            stage.lay(str(n), "2026-03-02 00:00")
        look("2026-03-02 00:10")
        Reminder.objects.filter(key="2").update(out_at=timezone.now() + timedelta(hours=1))
        client, row = web(stage.person), Reminder.objects.get(key="0")

        shown = [
            [line.words for line in client.get(page).context[name]]
            for page, name in (("/", "reminders"), ("/reminders/", "lines"))
        ]
        assert shown == [["Overdue 1", "Overdue 0"]] * 2
        client.get(f"/reminders/{row.pk}/")
        client.get("/reminders/read/")
        assert not Reminder.objects.exclude(read_at=None).exists()
        assert client.post(f"/reminders/{row.pk}/").status_code == 302
        client.post("/reminders/read/")

        assert [row.read_at is None for row in Reminder.objects.order_by("key")] == [False, False, True]
        assert client.get("/").context["reminders"] == []

    def test_nobody_reads_what_is_anothers(self, stage, web):
        stage.lay("a", "2026-03-02 00:00")
        look("2026-03-02 00:10")
        other = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

        assert web(other).post(f"/reminders/{Reminder.objects.get().pk}/").status_code == 404
        assert web(other).get("/reminders/").context["lines"] == []

    def test_the_page_costs_the_same_for_one_and_for_sixty(self, stage, web, django_assert_max_num_queries):
        client = web(stage.person)

        def cost() -> int:
            with django_assert_max_num_queries(99) as queries:
                client.get("/reminders/")
            return len(queries)

        stage.lay("a", "2026-03-02 00:00")
        look("2026-03-02 00:10")
        client.get("/reminders/")
        one = cost()
        for n in range(25):
            stage.lay(str(n), "2026-03-02 00:00")
        look("2026-03-02 00:20")

        assert cost() == one

    def test_quiet_hours_on_their_page(self, stage, web):
        client = web(stage.person)
        for wrong in ({"quiet_from": "25:00"}, {"quiet_until": "früh"}):
            assert client.post("/settings/quiet-hours/", wrong).status_code == 422

        assert client.post("/settings/quiet-hours/", {"quiet_from": "22:00", "quiet_until": ""}).status_code == 302

        row = OrganisationSettings.objects.get()
        assert (f"{row.quiet_from:%H:%M}", row.quiet_until) == ("22:00", None)
        assert AuditEntry.objects.get(action="settings.quiet_hours").by == stage.person
        assert "District: 07:30." in client.get("/settings/quiet-hours/").content.decode()

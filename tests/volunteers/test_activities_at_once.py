"""Several plans in the same second: a venue is booked once, a series goes on once."""

from datetime import timedelta

from django.utils import timezone

from compounds.registry.context import compound_context
from tests.committing import YARD, at_once
from tests.volunteers.planning import leader, planned, venue
from volunteers.errors.activities import VenueTaken
from volunteers.models import Activity
from volunteers.services import series


def test_two_at_once_do_not_book_one_venue_twice(committing):
    with compound_context(YARD):
        by, room = leader(), venue()
        begins = timezone.now() + timedelta(days=3)

    def book(n):
        with compound_context(YARD):
            return planned(begins + timedelta(minutes=n), venue=room, by=by).pk

    results = at_once(6, book)

    with compound_context(YARD):
        assert Activity.objects.count() == 1
    assert sum(isinstance(one, VenueTaken) for one in results) == 5


def test_two_nights_at_once_plan_each_day_of_a_series_once(committing):
    with compound_context(YARD):
        begins = timezone.now() + timedelta(days=3)
        head = planned(begins, repeat="weekly", now=timezone.now() - timedelta(days=80), by=leader())
        there = head.followers.count()

    def night(_n):
        with compound_context(YARD):
            return series.go_on_with_all(timezone.localdate())

    results = at_once(4, night)

    with compound_context(YARD):
        days = list(head.followers.values_list("series_on", flat=True))
    assert there == 0
    assert sorted(results) == [0, 0, 0, len(days)]
    assert len(days) == len(set(days)) == 8

"""A reader who follows goes past nothing that a running transaction may still bring."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from compounds.partners.paging import settled_before
from compounds.registry.models import Street
from tests.committing import at_once

SLACK = timedelta(seconds=2)


@pytest.mark.parametrize("writes_first", [True, False])
def test_what_is_younger_than_the_oldest_transaction_that_writes_is_not_told_yet(committing, writes_first):
    district = committing.community.district
    began, looked = threading.Event(), threading.Event()

    def work(n):
        if n == 0:
            with transaction.atomic():
                # It has its time; whether it has written by now must make no difference.
                assert not Street.objects.filter(name="慢街").exists()
                at = timezone.now()
                if writes_first:
                    Street.objects.create(district=district, name="慢街")
                began.set()
                looked.wait(timeout=20)
                if not writes_first:
                    Street.objects.create(district=district, name="慢街")
            return at
        began.wait(timeout=20)
        found = settled_before()
        looked.set()
        return found

    written, settled = at_once(2, work)

    # Not by the clocks' slack alone.
    assert settled + SLACK < written
    assert settled_before() > settled


def test_where_nobody_writes_only_the_clocks_slack_is_waited_for(committing):
    assert timezone.now() - settled_before() < timedelta(seconds=5)

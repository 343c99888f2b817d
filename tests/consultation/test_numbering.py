"""Numbers per compound and year: no gaps and no doubles, also when many record at once and some give up."""

import re

import pytest
from django.db import transaction
from django.utils import timezone

from compounds.registry.context import compound_context
from consultation.models import Issue
from consultation.services import flow
from tests.committing import YARD, at_once
from tests.factories import IssueFactory, PersonFactory


class GivenUp(Exception):
    pass


def test_the_first_of_a_year_is_number_one(north):
    year = timezone.localdate().year

    numbers = [IssueFactory().number for _ in range(3)]

    assert numbers == [f"{year}-0001", f"{year}-0002", f"{year}-0003"]


def test_each_year_counts_on_its_own(north):
    year = timezone.localdate().year
    IssueFactory()
    Issue.objects.update(year=year - 1, serial=57, number=f"{year - 1}-0057")

    assert IssueFactory().number == f"{year}-0001"


def test_after_9999_it_goes_on(north):
    year = timezone.localdate().year
    IssueFactory()
    Issue.objects.update(serial=9999, number=f"{year}-9999")

    assert IssueFactory().number == f"{year}-10000"


def test_each_compound_counts_on_its_own(db):
    numbers = []
    for schema in ("c_north", "c_south"):
        with compound_context(schema):
            numbers.append(IssueFactory().serial)

    assert numbers == [1, 1]


def test_many_at_once_have_no_gaps_and_no_doubles_even_when_some_give_up(committing):
    with compound_context(YARD):
        recorder = PersonFactory()
        category = IssueFactory.category.evaluate(None, None, None)

    def record(n: int) -> list[int]:
        serials = []
        with compound_context(YARD):
            for turn in range(6):
                try:
                    with transaction.atomic():
                        issue = flow.begin(Issue(title="x", said="y", category=category), by=recorder)
                        if (n + turn) % 3 == 0:
                            raise GivenUp
                        serials.append(issue.serial)
                except GivenUp:
                    pass
        return serials

    given = at_once(8, record)

    serials = sorted(serial for some in given for serial in some)
    assert serials == list(range(1, 33)), "48 began, every third gave up"
    with compound_context(YARD):
        assert sorted(Issue.objects.values_list("serial", flat=True)) == serials
        assert all(re.fullmatch(r"\d{4}-\d{4}", number) for number in Issue.objects.values_list("number", flat=True))


@pytest.mark.parametrize("broken_at", [0, 1])
def test_a_number_given_back_is_given_out_again(committing, broken_at):
    with compound_context(YARD):
        for n in range(2):
            if n == broken_at:
                with pytest.raises(GivenUp):
                    _begin_and_give_up()
            IssueFactory()

        assert list(Issue.objects.order_by("serial").values_list("serial", flat=True)) == [1, 2]


def _begin_and_give_up() -> None:
    with transaction.atomic():
        IssueFactory()
        raise GivenUp

"""Pages by key: there and back every row comes once, in order; a cursor of somebody else's making is refused."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import BadRequest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compounds.kernel.pagination import Page, keyset_page, part_of
from compounds.registry.models import District

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2026-03-01T12:00:00+08:00")


def page_at(url: str, size: int, by: str = "created_at") -> Page[District]:
    rows = District.objects.filter(name__startswith="页")
    return keyset_page(RequestFactory().get(f"/{url}"), rows, by=by, size=size)


def make_rows(moments: list[int]) -> list[int]:
    """Rows made at these seconds after noon. Returns their keys, newest first, then by key."""
    District.objects.filter(name__startswith="页").delete()
    rows = District.objects.bulk_create([District(name=f"页{n}") for n in range(len(moments))])
    for row, second in zip(rows, moments, strict=True):
        # Fractions of a second, since a cursor that drops them loses rows.
        row.created_at = NOON + timedelta(seconds=second, microseconds=second * 7)
    District.objects.bulk_update(rows, ["created_at"])
    return [row.pk for row in sorted(rows, key=lambda row: (row.created_at, row.pk), reverse=True)]


def keys(page: Page[District]) -> list[int]:
    return [row.pk for row in page.rows]


# Few different moments, so that most rows share one with others.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moments=st.lists(st.integers(0, 3), max_size=17), size=st.integers(1, 6), by=st.sampled_from(["created_at", "pk"])
)
def test_there_and_back_again_shows_every_row_once_in_order(moments, size, by):
    expected = make_rows(moments)
    if by == "pk":
        expected = sorted(expected, reverse=True)

    forward = [page_at("", size, by)]
    while forward[-1].next_url:
        forward.append(page_at(forward[-1].next_url, size, by))
    backward = [forward[-1]]
    while backward[-1].previous_url:
        backward.append(page_at(backward[-1].previous_url, size, by))

    assert [key for page in forward for key in keys(page)] == expected
    assert [key for page in reversed(backward) for key in keys(page)] == expected
    assert all(page.rows for page in forward[1:])
    assert all(page.rows for page in backward[1:])
    assert not forward[0].previous_url
    assert not backward[-1].previous_url


def test_a_page_keeps_the_filter_and_drops_the_old_cursor():
    make_rows([1, 2, 3, 4, 5])
    first = page_at("?step=meet&q=%E7%94%B5%E6%A2%AF", 2)

    second = page_at(first.next_url, 2)

    asked = parse_qs(second.next_url.removeprefix("?"))
    assert (asked["step"], asked["q"], set(asked)) == (["meet"], ["电梯"], {"step", "q", "after"})


def test_a_row_that_comes_in_between_shifts_nothing():
    expected = make_rows([1, 2, 3, 4])
    first = page_at("", 2)

    District.objects.create(name="页新")

    assert keys(first) + keys(page_at(first.next_url, 2)) == expected


def test_a_page_costs_one_query(django_assert_num_queries):
    make_rows(list(range(12)))
    second = page_at("", 3).next_url

    with django_assert_num_queries(1):
        page_at(second, 3)


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("cursor", ["x", "1", "WyIyMDI2IiwxXQ:1abc:forged", "null", "'; DROP TABLE x", "页"])
def test_a_cursor_of_somebody_elses_making_is_refused(name, cursor):
    with pytest.raises(BadRequest):
        page_at(f"?{name}={cursor}", 3)


def test_a_cursor_with_one_letter_changed_is_refused():
    make_rows([1, 2, 3])
    url = page_at("", 1).next_url
    changed = url[:12] + ("A" if url[12] != "A" else "B") + url[13:]

    with pytest.raises(BadRequest):
        page_at(changed, 1)


@pytest.mark.parametrize("name", ["after", "before"])
def test_an_empty_cursor_shows_the_first_page(name):
    expected = make_rows([1, 2, 3])

    assert sorted(keys(page_at(f"?{name}=", 5))) == sorted(expected)


def test_a_cursor_of_another_list_is_refused():
    make_rows([1, 2, 3])
    by_key = page_at("", 1, by="pk").next_url

    with pytest.raises(BadRequest):
        page_at(by_key, 1, by="created_at")


@given(count=st.integers(0, 60), size=st.integers(1, 9))
def test_the_parts_of_a_list_show_every_row_once_in_order(count, size):
    rows, url, shown = list(range(count)), "", []
    while True:
        part = part_of(RequestFactory().get(f"/{url}"), rows, size=size)
        shown += part.rows
        url = part.next_url
        if not url:
            break

    assert shown == rows


@pytest.mark.parametrize("asked", ["x", "-1", "٣", "", "9" * 30])
def test_a_part_that_is_none_is_the_first_one(asked):
    part = part_of(RequestFactory().get("/", {"part": asked, "step": "meet"}), range(9), size=4)

    assert (list(part.rows), part.previous_url) == ([0, 1, 2, 3], "")
    assert part.next_url == "?step=meet&part=1"


def test_beyond_the_last_part_is_the_last_part():
    part = part_of(RequestFactory().get("/?part=99"), range(9), size=4)

    assert (list(part.rows), part.next_url, part.previous_url) == ([8], "", "?part=1")

"""The overview: a sentence, headline figures against last quarter, every compound as a cell, the worst ten and why."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from compounds.oversight import periods
from compounds.oversight.district.shown import headlines
from compounds.oversight.figures import FIGURES, Value
from tests.oversight.district.places import administrator, community, compounds, counted, reader
from tests.oversight.queries import queries_of

TODAY = timezone.localdate
ZH = {"headers": {"accept-language": "zh-hans"}}


def last_quarter():
    return periods.last_day_of_previous_quarter(TODAY())


@pytest.fixture
def here(db):
    return community("大区", "大社区", street="大街")


def test_it_begins_with_a_sentence(here):
    counted(*compounds(here, 2), inside=Value(19, 20))
    client = reader(district=here.district)

    english = client.get("/admin/").content.decode()
    chinese = client.get("/admin/", **ZH).content.decode()

    assert "2 compounds: 95.0 % of what was closed this quarter was settled inside the compounds" in english
    assert "2个小区，本季度九成五的事在小区里解决" in chinese
    assert "上季度末还没有数据，不能对比。" in chinese


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (Value(949, 1000), "九成四"),
        (Value(90, 100), "九成的"),
        (Value(10, 10), "全部的"),
        (Value(1, 20), "5.0 %"),
        (Value(0, 0), "本季度还没有可统计的办结事项"),
    ],
)
def test_the_sentence_never_claims_too_much(here, inside, words):
    counted(*compounds(here, 1), inside=inside)

    assert words in reader(district=here.district).get("/admin/", **ZH).content.decode()


def test_headline_figures_are_those_of_all_together_with_their_definitions(here):
    one, two = compounds(here, 2)
    counted(one, inside=Value(1, 10), open=Value(3))
    counted(two, inside=Value(89, 90), open=Value(1200))

    response = reader(district=here.district).get("/admin/")

    shown = {one.figure.key: one for one in response.context["totals"].shown}
    assert (shown["inside"].text, shown["inside"].cases, shown["open"].text) == ("90.0 %", "90 of 100", "1,203")
    body = unescape(response.content.decode())
    assert all(str(figure.definition) in body for figure in headlines())


@pytest.mark.parametrize(
    ("key", "before", "now", "told"),
    [
        ("inside", Value(8, 10), Value(9, 10), ("+10.0 points", "better")),
        ("inside", Value(9, 10), Value(8, 10), ("−10.0 points", "worse")),
        ("overdue_percent", Value(1, 10), Value(2, 10), ("+10.0 points", "worse")),
        ("unowned", Value(4), Value(1), ("−3", "better")),
        ("open", Value(4), Value(9), ("+5", "")),
        ("satisfaction", Value(40, 10), Value(40, 10), ("unchanged", "")),
        ("inside", Value(1, 1), Value(0, 2), ("−100.0 points", "")),
    ],
)
def test_a_trend_is_told_in_words_and_by_what_is_good(here, key, before, now, told):
    [compound] = compounds(here, 1)
    counted(compound, day=last_quarter(), **{key: before})
    counted(compound, **{key: now})

    response = reader(district=here.district).get("/admin/")

    [one] = [one for one in response.context["totals"].shown if one.figure.key == key]
    assert (one.change_text, one.verdict) == told


def test_a_count_of_a_quarter_that_is_not_over_is_not_compared(here):
    [compound] = compounds(here, 1)
    counted(compound, day=last_quarter(), reported_late=Value(9))
    counted(compound, reported_late=Value(2))

    response = reader(district=here.district).get("/admin/")

    [one] = [one for one in response.context["totals"].shown if one.figure.key == "reported_late"]
    assert (one.text, one.before_text, one.change) == ("2", "9", None)


def test_every_compound_is_a_cell_that_says_its_state_in_words(here):
    fine, watch, act, new = compounds(here, 4)
    counted(fine)
    counted(watch, overdue_percent=Value(3, 20))
    counted(act, overdue_percent=Value(9, 20))

    body = reader(district=here.district).get("/admin/").content.decode()

    for compound, state, word in (
        (fine, "fine", "all in order"),
        (watch, "watch", "worth a look"),
        (act, "act", "needs attention"),
        (new, "unknown", "not counted yet"),
    ):
        cell = (
            f'<a class="{state}" href="/admin/compounds/{compound.slug}/"><b>{compound.name}</b><small>{word}</small>'
        )
        assert cell in body


def test_many_cells_keep_their_words_as_labels(here):
    counted(*compounds(here, 61), overdue_percent=Value(9, 20))

    body = reader(district=here.district).get("/admin/").content.decode()

    assert 'aria-label="many小区7 · needs attention">!</a>' in body


def test_a_name_in_the_grid_is_escaped(here):
    [compound] = compounds(here, 1)
    type(compound).objects.filter(pk=compound.pk).update(name='<b>"x"</b>')
    counted(compound)

    body = reader(district=here.district).get("/admin/").content.decode()

    assert '<b>"x"</b>' not in body
    assert "&lt;b&gt;&quot;x&quot;&lt;/b&gt;" in body


def test_the_ten_worst_with_their_reasons_late_reporting_first(here):
    rows = compounds(here, 12)
    counted(*rows[:11], overdue_percent=Value(9, 20))
    counted(rows[11], reported_late=Value(3))

    response = reader(district=here.district).get("/admin/")

    pressing = response.context["pressing"]
    assert len(pressing) == 10
    assert pressing[0].compound.pk == rows[11].pk
    assert [(r.figure.key, r.text) for r in pressing[0].reasons] == [("reported_late", "3")]
    assert [(r.figure.key, r.text) for r in pressing[1].reasons] == [("overdue_percent", "45.0 %")]
    assert "12 compounds need attention." in response.content.decode()


def test_what_is_old_or_failed_is_said(here):
    today, yesterday, broken, _never = compounds(here, 4)
    counted(today)
    counted(yesterday, day=TODAY() - timedelta(days=1))
    counted(broken, errors={"satisfaction": "ProgrammingError: …"})

    context = reader(district=here.district).get("/admin/").context

    assert (context["not_today"], context["with_errors"]) == (2, 1)


def test_only_what_is_open_and_running_is_counted(here):
    counted(*compounds(here, 1))
    counted(*compounds(here, 2, stem="old", state="archived"), open=Value(500))

    context = reader(district=here.district).get("/admin/").context

    assert (context["compounds"], context["not_ready"], context["totals"].now) == (1, 2, 1)


def test_nothing_is_said_as_such(here):
    body = administrator(district=here.district).get("/admin/").content.decode()

    assert "No compound is open yet" in body


def test_it_costs_the_same_for_one_compound_and_for_many_and_at_most_twelve_queries(here):
    client = reader(district=here.district)
    counted(*compounds(here, 1), overdue_percent=Value(9, 20))
    one = queries_of(client, "/admin/")

    for n in range(5):
        more = compounds(community("大区", f"社区{n}"), 60, stem=f"more{n}")
        counted(*more, overdue_percent=Value(9, 20))
        counted(*more, day=last_quarter())

    assert queries_of(client, "/admin/") == one
    assert one <= 12


def test_what_was_counted_in_an_earlier_quarter_is_added_to_no_other(here):
    fresh, stale, gone = compounds(here, 3)
    counted(fresh, open=Value(2))
    counted(stale, day=last_quarter(), open=Value(40))
    counted(gone, day=last_quarter() - timedelta(days=100), open=Value(500))

    totals = reader(district=here.district).get("/admin/").context["totals"]

    [told] = [one for one in totals.shown if one.figure.key == "open"]
    assert (told.text, told.before_text, totals.now, totals.then) == ("2", "40", 1, 1)


def test_each_reason_is_defined_on_the_page(here):
    [compound] = compounds(here, 1)
    counted(compound, vacant_posts=Value(99), unowned=Value(9))
    client = reader(district=here.district)

    for path in ("/admin/", "/admin/compounds/"):
        page = client.get(path)
        assert {figure.key for figure in page.context["named_figures"]} == {"vacant_posts", "unowned"}
        assert str(FIGURES["vacant_posts"].definition) in unescape(page.content.decode()), path

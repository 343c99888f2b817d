"""One compound: every figure with its definition, errors in words, a year in charts, its open matters."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from compounds.oversight import periods
from compounds.oversight.figures import FIGURES, Value
from tests.oversight.district.places import administrator, community, compounds, counted, overdue, reader
from tests.oversight.queries import queries_of

PATH = "/admin/compounds/one/"


@pytest.fixture
def one(db):
    [compound] = compounds(community("大区", "大社区"), 1, stem="one")
    return compound


@pytest.fixture
def client(one):
    return reader(district=one.community.district)


def test_every_figure_is_there_with_its_definition(one, client):
    counted(one)

    response = client.get(PATH)

    body = unescape(response.content.decode())
    shown = [figure.figure.key for _name, figures in response.context["families"] for figure in figures]
    assert set(shown) == set(FIGURES)
    assert all(str(figure.definition) in body for figure in FIGURES.values())
    assert "As of " in body


def test_the_head_says_why_it_stands_as_it_does(one, client):
    counted(one, reported_late=Value(2), unowned=Value(5))

    response = client.get(PATH)

    assert [reason.figure.key for reason in response.context["reasons"]] == ["reported_late", "unowned"]
    assert "needs attention" in response.content.decode()


def test_a_figure_that_failed_says_so_where_it_stands(one, client):
    counted(one, satisfaction=None, errors={"satisfaction": "ProgrammingError: no <column>"})

    body = client.get(PATH).content.decode()

    assert "It could not be counted." in body
    assert "<code>ProgrammingError: no &lt;column&gt;</code>" in body


def test_a_year_is_drawn_with_a_table_behind_it(one, client):
    today = timezone.localdate()
    for days in range(0, 380, 5):
        counted(one, day=today - timedelta(days=days), open=Value(days))

    response = client.get(PATH)

    charts = {str(chart.title): chart for chart in response.context["charts"]}
    opened = charts["Open and overdue"]
    assert len(charts) == 4
    assert opened.lines[0].runs[0][0] == (today - timedelta(days=365), 365)
    assert opened.lines[0].newest == (today, 0)
    assert 12 <= len(list(opened.rows)) <= 13
    body = response.content.decode()
    assert body.count('<svg class="chart"') == 4
    assert "<title>Open and overdue</title><desc>Open matters: from 365 on" in body


def test_lines_of_a_quarter_end_with_it_and_small_samples_are_left_out(one, client):
    end = periods.last_day_of_previous_quarter(timezone.localdate())
    for day, inside in ((-2, Value(9, 10)), (-1, Value(1, 1)), (0, Value(8, 10)), (1, Value(7, 10))):
        counted(one, day=end + timedelta(days=day), inside=inside)

    response = client.get(PATH)

    [chart] = [chart for chart in response.context["charts"] if chart.lines[0].figure.key == "inside"]
    numbers = [[round(number) for _day, number in run] for run in chart.lines[0].runs]
    assert numbers == [[90, 80], [70]]


def test_without_rows_it_says_so(one, client):
    body = client.get(PATH).content.decode()

    assert "Nothing has been counted here yet" in body


def test_open_matters_are_listed_and_confidential_ones_only_counted(one, client):
    counted(one, open=Value(5))
    overdue(one, 2, title="电梯夜里异响")
    overdue(one, 1, title="等雨季", on_hold=True)

    response = client.get(PATH)

    body = response.content.decode()
    assert "3 open matters" in body
    assert "2 more are confidential" in body
    assert [matter.days_late for matter in response.context["page"].rows] == [3, 3, 0]
    assert '<a href="/c/one/issues/2026-0000/">电梯夜里异响</a>' in body


def test_open_matters_tell_how_far_up_they_were_taken(one, client):
    counted(one, open=Value(2))
    overdue(one, escalated="general")
    overdue(one, days=-3)

    english = client.get(PATH).content.decode()
    chinese = client.get(PATH, headers={"accept-language": "zh-hans"}).content.decode()

    assert re.findall('<td data-label="Taken up to">(.*?)</td>', english) == ["general branch", "–"]
    assert re.findall('<td data-label="已升到">(.*?)</td>', chinese) == ["社区党总支", "–"]


def test_whoever_reads_is_told_so_and_finds_no_action(one, client):
    counted(one)
    overdue(one)

    reads = client.get(PATH).content.decode()
    steers = administrator(district=one.community.district).get(PATH).content.decode()

    assert "You read only." in reads
    assert "Demand an answer" not in reads
    assert "Demand an answer" in steers


def test_an_archived_compound_keeps_its_figures_and_leads_nowhere(one, client):
    counted(one)
    overdue(one)
    type(one).objects.filter(pk=one.pk).update(state="archived")

    body = client.get(PATH).content.decode()

    assert "archived" in body
    assert "/c/one/" not in body


def test_its_record_leads_here(one, client):
    response = client.get(f"/admin/registry/compound/{one.pk}/figures/")

    assert (response.status_code, response.url) == (302, PATH)


def test_it_costs_the_same_for_a_day_and_for_a_year(one, client):
    counted(one)
    overdue(one)
    short = queries_of(client, PATH)

    for days in range(1, 200):
        counted(one, day=timezone.localdate() - timedelta(days=days))
    overdue(one, 60)

    assert queries_of(client, PATH) == short

"""A quarter in charts: counted by each figure's one definition, readable without colour, open to everybody in part."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compounds.organisation.models import PostKind
from compounds.oversight.charts.bars import WIDTH, Chart, Group, Row
from compounds.oversight.figures import SOURCES
from consultation.figures.matters import AT_STEP
from consultation.figures.quarter import at_steps, newest_quarters
from consultation.models import AssignmentState, Openness, Outcome, Rating, RatingChannel
from consultation.quarters import Quarter
from consultation.steps import OPEN, Step
from tests.consultation.handling import secretary, task_at, voice_of
from tests.consultation.test_figures import YEAR, at, told
from tests.factories import HouseholdFactory, PersonFactory

FIRST = f"{YEAR}-Q1"


def rated(matter, stars, day):
    household = HouseholdFactory()
    person = voice_of(matter, household=household).person
    row = Rating.objects.create(
        issue=matter, household=household, stars=stars, reason="", channel=RatingChannel.MEMBER, given_by=person
    )
    Rating.objects.filter(pk=row.pk).update(updated_at=at(day))


def pages(client):
    return [client.get(f"/{where}/{FIRST}/") for where in ("figures", "board/quarters")]


def table(response, title):
    """The rows of the table behind one chart, as texts."""
    [panel] = [panel for panel in response.context["panels"] if str(panel.title) == title]
    return {str(row.label): row.texts for group in panel.chart.groups for row in group.rows}


def test_where_matters_stood_is_read_from_the_history(north):
    told((Step.VISIT, at(-9)), (Step.PROPOSE, at(3)))
    told((Step.VISIT, at(-9)), (Step.PROPOSE, at(-8)), (Step.CLOSED, at(20)), outcome=Outcome.SOLVED)
    told((Step.VISIT, at(1)), (Step.PROPOSE, at(2)), (Step.VISIT, at(95)))

    assert at_steps(at(0)) == {Step.VISIT: 1, Step.PROPOSE: 1}
    assert at_steps(at(90)) == {Step.PROPOSE: 2, Step.CLOSED: 1}


def test_where_they_stand_now_is_what_the_district_is_told(north):
    told((Step.VISIT, at(-9)), (Step.PROPOSE, at(3)), (Step.MEET, at(9)))
    told((Step.VISIT, at(-9)), (Step.REFERRED, at(3)))
    told((Step.VISIT, at(1)), (Step.CLOSED, at(2)), outcome=Outcome.SOLVED)

    [count] = [source.count for source in SOURCES if AT_STEP[Step.VISIT] in source.figures]
    registered, found = count(timezone.localdate()), at_steps(timezone.now())

    assert {step: found.get(step, 0) for step in OPEN} == {step: registered[AT_STEP[step].key].part for step in OPEN}


def test_each_chart_has_its_figures_in_the_table_behind_it(web):
    matter = told((Step.VISIT, at(0)), (Step.PROPOSE, at(2)), (Step.EVALUATE, at(6)))
    for stars in (5, 4, 5, 5, 5):
        rated(matter, stars, 7)

    inside, board = pages(web(secretary()))

    assert table(inside, "Where matters stand")["Sum up and evaluate"] == ("1", "0")
    assert table(inside, "How long each step takes")["Branch proposes"] == ("4.0 days", "1", "–")
    assert table(inside, "Satisfaction")[f"Quarter 1 of {YEAR}"] == ("4.8 of 5", "5")
    assert table(board, "Satisfaction") == table(inside, "Satisfaction")
    body = unescape(inside.content.decode())
    assert "“Branch proposes” takes longest: half of the matters stayed for more than 4.0 days." in body
    assert body.count("The figures as a table") == 3, "nothing was promised, so nothing is drawn"
    assert "Nothing that was promised was due in this quarter." in body


def test_the_board_tells_neither_how_many_are_confidential_nor_what_they_were_promised(web):
    today = timezone.localdate()
    task_at(AssignmentState.DONE, due_on=today, openness=Openness.CONFIDENTIAL)
    task_at(AssignmentState.DONE, due_on=today)
    client = web(secretary())

    inside, board = (client.get(f"/{where}/{Quarter.of(today)}/") for where in ("figures", "board/quarters"))

    assert "Where matters stand" not in [str(panel.title) for panel in board.context["panels"]]
    kept = [sum(answer.context["told"].promises["kept"].values()) for answer in (inside, board)]
    assert kept == [2, 1]


def test_a_grey_print_tells_the_pieces_of_a_bar_apart():
    drawn = Chart((Group((Row("甲", "2 / 6", ((2, 3, 1),)),)),), "promises", ("兑现", "逾期", "未到期")).svg

    assert '<pattern id="hatch-promises"' in drawn
    assert drawn.count('fill="url(#hatch-promises)"') == 2, "the piece and its key"
    widths = [
        float(width) for width in re.findall(r'class="(?:p0|hatched|p2)" x="[\d.]+" y="\d+" width="([\d.]+)"', drawn)
    ]
    assert sum(widths[3:]) == pytest.approx(WIDTH, abs=0.2)


def test_what_is_typed_is_never_markup():
    drawn = Chart((Group((Row("<b>", "&", ((1,),)),), "<i>"),)).svg

    assert "<b>" not in drawn
    assert "<i>" not in drawn


@pytest.mark.parametrize("label", ["0000-Q1", "9999-Q4"])
@pytest.mark.parametrize("where", ["figures", "board/quarters"])
def test_a_quarter_that_is_none_or_has_not_begun_is_not_there(web, where, label):
    assert web(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).get(f"/{where}/{label}/").status_code == 404


def test_it_leads_to_the_quarters_since_the_first_matter(north):
    today = at(200).date()

    assert [str(one) for one in newest_quarters(today, 8)] == [f"{YEAR}-Q3"]

    told((Step.VISIT, at(0)))

    assert [str(one) for one in newest_quarters(today, 8)] == [f"{YEAR}-Q{n}" for n in (3, 2, 1)]


def test_it_costs_the_same_for_one_matter_and_for_sixty(web):
    client = web(secretary())
    rated(told((Step.VISIT, at(0)), (Step.EVALUATE, at(1))), 5, 2)
    pages(client)
    with CaptureQueriesContext(connection) as one:
        pages(client)

    for day in range(59):
        told((Step.VISIT, at(0)), (Step.EVALUATE, at(day)))
    with CaptureQueriesContext(connection) as sixty:
        pages(client)

    assert len(sixty) == len(one)

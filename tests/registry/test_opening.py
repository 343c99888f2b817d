"""Opening a compound: all of it, or nothing of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import schema_exists

from compounds.organisation.models import Level, Unit
from compounds.registry.context import compound_context
from compounds.registry.models import Community, Compound, CompoundState
from compounds.registry.opening import AddressTaken, open_compound
from consultation.models import Category
from tests.committing import at_once


@pytest.fixture
def community(committing) -> Community:
    return Community.objects.get(name="测试社区")


def test_an_opened_compound_is_ready_and_has_what_each_begins_with(community):
    compound = open_compound(slug="new-court", name="新苑", community=community, built_on=date(2020, 1, 1))

    assert (compound.state, compound.schema_name, compound.url) == (
        CompoundState.READY,
        "c_new_court",
        "/c/new-court/",
    )
    with compound_context("c_new_court"):
        assert list(Unit.objects.values_list("level", "name")) == [
            (Level.GENERAL_BRANCH, "测试社区党总支"),
            (Level.BRANCH, "新苑党支部"),
        ]
        assert Category.objects.count() == 21


def test_a_failure_leaves_nothing(community, settings):
    settings.COMPOUND_SEEDS = [*settings.COMPOUND_SEEDS[1:], "tests.registry.failing_seed.plant_and_fail"]

    with pytest.raises(RuntimeError, match="on purpose"):
        open_compound(slug="half", name="半", community=community)

    assert not Compound.objects.filter(slug="half").exists()
    assert not schema_exists("c_half")
    assert connection.schema_name == "public"


def test_what_failed_can_be_opened_again(community, settings):
    seeds = settings.COMPOUND_SEEDS
    settings.COMPOUND_SEEDS = ["tests.registry.failing_seed.plant_and_fail"]
    with pytest.raises(RuntimeError):
        open_compound(slug="half", name="半", community=community)

    settings.COMPOUND_SEEDS = seeds
    compound = open_compound(slug="half", name="半", community=community)

    assert compound.state == CompoundState.READY


def test_a_taken_address_is_refused(community):
    with pytest.raises(AddressTaken):
        open_compound(slug="north", name="又一个", community=community)


def test_an_address_whose_schema_is_in_use_is_refused_and_the_schema_left_alone(community):
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA c_in_use")

    with pytest.raises(AddressTaken):
        open_compound(slug="in-use", name="又一个", community=community)

    assert schema_exists("c_in_use")


@pytest.mark.parametrize(
    "slug", ["public", "admin", "c", "North", "1st", "a", "北苑", "a b", "a/b", "a_b", "x" * 41, ""]
)
def test_a_bad_address_is_refused_and_leaves_nothing(community, slug):
    with pytest.raises(ValidationError):
        open_compound(slug=slug, name="坏", community=community)

    assert Compound.objects.count() == 3


def test_two_at_once_open_one(community):
    opened = at_once(2, lambda n: open_compound(slug="twice", name="双", community=community))

    assert sum(isinstance(result, Compound) for result in opened) == 1
    with compound_context("c_twice"):
        assert Category.objects.count() == 21


def test_the_command_opens_a_compound(community, capsys):
    call_command("open_compound", "by-hand", "手苑", district="测试区", community="测试社区", built_on=date(2019, 5, 1))

    assert "/c/by-hand/" in capsys.readouterr().out
    assert Compound.objects.get(slug="by-hand").state == CompoundState.READY


@pytest.mark.parametrize(
    ("slug", "community_name"), [("by-hand", "无此社区"), ("north", "测试社区"), ("Bad Slug", "测试社区")]
)
def test_the_command_says_what_is_wrong(community, slug, community_name):
    with pytest.raises(CommandError):
        call_command("open_compound", slug, "手苑", district="测试区", community=community_name)

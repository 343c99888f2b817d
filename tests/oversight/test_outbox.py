"""A compound says that something countable has changed, in the same transaction or not at all."""

import pytest
from django.db import transaction

from compounds.oversight.models import Outbox
from compounds.oversight.outbox import touch
from compounds.registry.context import compound_context
from tests.committing import YARD


@pytest.mark.django_db
def test_a_touch_says_which_compound_and_what():
    with compound_context("c_south"):
        touch("issues")

    assert Outbox.objects.values_list("schema_name", "kind").get() == ("c_south", "issues")


@pytest.mark.django_db
def test_nothing_is_touched_from_outside():
    with pytest.raises(RuntimeError):
        touch("issues")

    assert not Outbox.objects.exists()


def test_what_is_rolled_back_was_never_said(committing):
    with compound_context(YARD), pytest.raises(ZeroDivisionError):
        _touch_and_fail()

    assert not Outbox.objects.exists()


def _touch_and_fail() -> None:
    with transaction.atomic():
        touch("issues")
        raise ZeroDivisionError

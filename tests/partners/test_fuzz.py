"""schemathesis sends what the documents allow and what they do not: no 5xx, no undocumented answer, no crossing."""

from itertools import product

import pytest
from hypothesis import given
from schemathesis import GenerationMode

from consultation.models import AssignmentState
from tests.consultation.handling import task_at
from tests.partners.fuzzing import (
    LEFT_OUT_OF_GOOD_ONES,
    a_house,
    bearer,
    budget,
    schema_of,
    with_what_is_there,
)
from tests.partners.writing import MOUNTS

OPERATIONS = {(name, found.ok().label): found.ok() for name in MOUNTS for found in schema_of(name).get_all_operations()}
# What takes nothing can be given nothing wrong.
CASES = [
    (key, mode)
    for key, mode in product(OPERATIONS, GenerationMode)
    if mode == GenerationMode.POSITIVE or OPERATIONS[key].definition.raw.get("parameters")
]
INSIDE = [key for key in OPERATIONS if key[0] == "compound"]


@pytest.mark.parametrize(("key", "mode"), CASES, ids=str)
def test_every_answer_is_a_documented_one(north, key, mode):
    task_at(AssignmentState.HANDED_OUT)
    a_house()
    headers = bearer(north)

    @given(case=OPERATIONS[key].as_strategy(generation_mode=mode))
    @budget(3)
    def one(case):
        left_out = []
        if mode == GenerationMode.POSITIVE:
            with_what_is_there(case)
            left_out = LEFT_OUT_OF_GOOD_ONES
        case.call_and_validate(headers=headers, excluded_checks=left_out)

    one()


@pytest.mark.parametrize("key", INSIDE, ids=str)
def test_who_has_a_grant_elsewhere_reaches_nothing(north, south, key):
    headers = bearer(south)

    @given(case=OPERATIONS[key].as_strategy())
    @budget(2)
    def one(case):
        answer = case.call(headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "no_grant")

    one()

"""schemathesis goes from answer to request by the documents' links, as two clients with different grants.

Whatever the one is answered, the other, who follows in its steps, gets nothing of it.
"""

from collections import Counter
from collections.abc import Callable

import schemathesis
from django.utils import timezone
from schemathesis import GenerationMode

from compounds.oversight.recount import recount
from compounds.partners.models import Event
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from consultation.models import AssignmentState
from tests.consultation.handling import task_at
from tests.partners.fuzzing import (
    LEFT_OUT_OF_GOOD_ONES,
    a_house,
    bearer,
    budget,
    only_what_is_required,
    schema_of,
    with_what_is_there,
)
from tests.partners.hooking import settle

STEPS = 6


def furnish() -> None:
    """A task to be taken over, one taken over and one done; what was told of them has settled."""
    for state in (AssignmentState.HANDED_OUT, AssignmentState.ACCEPTED, AssignmentState.VERIFIED):
        task_at(state, due_on=timezone.localdate())
    a_house()
    settle()


def played(
    name: str, headers: dict[str, str], look: Callable[[schemathesis.Case], None], *, stories: int
) -> Counter[str]:
    """So many stories with that client; ``look`` is given each request once it was answered. Returns how often which
    operation did what it was asked for."""
    done: Counter[str] = Counter()

    class Story(schema_of(name).as_state_machine()):
        def get_call_kwargs(self, case):
            return {"headers": headers}

        def before_call(self, case):
            self.left_out = []
            if case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE:
                # All that there is, so that there is something to go on from.
                only_what_is_required(case)
                with_what_is_there(case)
                self.left_out = LEFT_OUT_OF_GOOD_ONES

        def validate_response(self, response, case, **kwargs):
            kwargs = {"recorder": self.recorder, "headers": headers, "transport_kwargs": kwargs}
            case.validate_response(response, excluded_checks=self.left_out, **kwargs)
            done[case.operation.definition.raw["operationId"]] += response.status_code < 400
            look(case)

    Story.run(settings=budget(stories, stateful_step_count=STEPS))
    return done


def test_stories_inside_a_compound_give_nothing_to_who_has_a_grant_elsewhere(north, south):
    furnish()
    elsewhere = bearer(south)

    def look(case):
        answer = case.call(headers=elsewhere)
        # Not found: an address that is none. Whatever is one asks for the grant first (test_fuzz, test_grants).
        assert (answer.status_code, answer.json()["code"]) in {(403, "no_grant"), (404, "not_found")}

    done = played("compound", bearer(north), look, stories=5)

    assert done.total() > STEPS


def test_stories_of_the_district_tell_of_granted_compounds_only(south):
    north = Compound.objects.get(slug="north")
    Event.objects.all().delete()
    for compound in (north, south):
        with compound_context(compound.schema_name):
            furnish()
        recount(compound.schema_name)
    mine, theirs = bearer(north), bearer(south)

    def look(case):
        for headers, other in ((mine, south), (theirs, north)):
            answer = case.call(headers=headers)
            assert answer.status_code != 200 or f'"{other.slug}"' not in answer.text

    done = played("district", mine, look, stories=3)

    assert done.total() > STEPS

"""The table of rules itself, the guard of a view, and whose posts are whose to give."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from compounds.kernel.errors import NotAllowed
from compounds.organisation import policies
from compounds.organisation.authority import kinds_given_by
from compounds.organisation.models import Person, PostKind
from compounds.organisation.models.people import LEVEL_OF_POST
from tests.factories import PersonFactory


@pytest.fixture
def probing():
    """An action for this test: stewards, and only what is even."""
    policies.register("probe.do", [PostKind.BUILDING_STEWARD], mine=lambda person, subject: subject % 2 == 0)
    yield "probe.do"
    policies.RULES.pop("probe.do")


def test_an_action_has_one_rule(probing):
    with pytest.raises(ValueError, match=r"probe\.do has a rule already"):
        policies.register(probing, PostKind)


def test_every_action_is_named_noun_verb_and_has_somebody():
    for action, rule in policies.RULES.items():
        noun, verb = action.split(".")
        assert noun.isidentifier()
        assert verb.isidentifier()
        assert rule.posts


@pytest.mark.usefixtures("north")
class TestGuard:
    def ask(self, person: Person | None) -> HttpResponse:
        @policies.may("probe.do")
        def view(request):
            return HttpResponse("done")

        assert view.action == "probe.do"
        request = RequestFactory().post("/")
        request.person = person
        return view(request)

    def test_lets_through_who_may(self, probing):
        assert self.ask(PersonFactory(posts=[PostKind.BUILDING_STEWARD])).content == b"done"

    @pytest.mark.parametrize("posts", [[], [PostKind.NEIGHBOUR_LEAD]])
    def test_refuses_everybody_else(self, probing, posts):
        with pytest.raises(NotAllowed):
            self.ask(PersonFactory(posts=posts))

    def test_refuses_the_districts_people(self, probing):
        with pytest.raises(NotAllowed):
            self.ask(None)

    @pytest.mark.parametrize(("subject", "allowed"), [(None, True), (2, True), (3, False)])
    def test_asks_whether_this_very_thing_is_theirs(self, probing, subject, allowed):
        steward = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

        assert policies.allows(probing, steward, subject) is allowed


@pytest.mark.usefixtures("north")
class TestAuthority:
    def test_nobody_gives_posts_of_a_level_above_their_own(self):
        general = PersonFactory(posts=[PostKind.GENERAL_SECRETARY])
        branch = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])

        assert set(kinds_given_by(general)) == set(PostKind)
        assert set(kinds_given_by(branch)) == {kind for kind in PostKind if LEVEL_OF_POST[kind] >= 2}

    @pytest.mark.parametrize(
        "kind", [kind for kind in PostKind if kind not in {PostKind.GENERAL_SECRETARY, PostKind.BRANCH_SECRETARY}]
    )
    def test_the_others_give_none(self, kind):
        assert kinds_given_by(PersonFactory(posts=[kind])) == []

    def test_a_branch_secretary_ends_no_post_of_the_general_branch(self):
        branch = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
        above = PersonFactory(posts=[PostKind.COMMUNITY_WORKER])
        below = PersonFactory(posts=[PostKind.BUILDING_STEWARD])

        assert not policies.allows("post.end", branch, above.posts.get())
        assert not policies.allows("person.invite", branch, above)
        assert policies.allows("post.end", branch, below.posts.get())
        assert policies.allows("person.invite", branch, below)

    def test_somebody_who_also_holds_a_higher_post_is_not_the_branchs_to_invite(self):
        branch = PersonFactory(posts=[PostKind.BRANCH_SECRETARY])
        both = PersonFactory(posts=[PostKind.BUILDING_STEWARD, PostKind.GRID_WORKER])

        assert not policies.allows("person.invite", branch, both)

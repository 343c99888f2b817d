"""Whoever is refused reads which rule it is, who may, and what to do instead, in their own language."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from compounds.kernel.errors import DomainError, NotAllowed
from compounds.organisation.action_words import WORDS
from compounds.organisation.models import PostKind
from compounds.organisation.policies import RULES, require
from consultation.models import Openness
from consultation.steps import Step
from tests.factories import IssueFactory, PersonFactory

CJK = re.compile(r"[\u4e00-\u9fff]")
FACT = re.compile(r"%\(\w+\)s|\W")


def refused(action, person, subject=None) -> dict:
    with pytest.raises(NotAllowed) as refusal:
        require(action, person, subject)
    return refusal.value.context()


def rules() -> list[type[DomainError]]:
    def below(rule: type[DomainError]) -> list[type[DomainError]]:
        return [deeper for one in rule.__subclasses__() for deeper in [one, *below(one)]]

    return [rule for rule in below(DomainError) if not rule.__module__.startswith("tests.")]


def test_every_action_has_words_and_no_words_lack_their_action():
    assert set(WORDS) == set(RULES)


def test_every_rule_about_the_very_thing_says_whose_it_is():
    """A post alone does not give it: the sentence on posts would tell a steward that stewards may."""
    silent = {action for action, rule in RULES.items() if rule.mine and not WORDS[action].whose}

    assert silent == set()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_action_is_said_in_both_languages(language):
    with translation.override(language):
        said = [str(one) for words in WORDS.values() for one in (words.what, words.whose, words.instead) if one]

    assert all(bool(CJK.search(one)) == (language == "zh-hans") for one in said)
    # Sentences, apart from the names of actions.
    ends = "。" if language == "zh-hans" else "."
    with translation.override(language):
        assert all(str(words.instead).endswith(ends) for words in WORDS.values())
        assert all(str(words.whose).endswith(ends) for words in WORDS.values() if words.whose)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_broken_rule_says_what_is_so_in_both_languages(language):
    with translation.override(language):
        dumb = [rule.__name__ for rule in rules() if not str(rule.message).strip() or not str(rule.title).strip()]
        foreign = [
            rule.__name__
            for rule in rules()
            for said in (rule.title, rule.message, rule.hint)
            if FACT.sub("", f"{said}") and bool(CJK.search(f"{said}")) != (language == "zh-hans")
        ]

    assert dumb == []
    assert foreign == []
    assert len(rules()) > 200


@pytest.mark.usefixtures("north")
class TestSentences:
    def test_it_names_the_rule_the_own_posts_and_whom_to_ask(self):
        PersonFactory(name="唐书记", posts=[PostKind.BRANCH_SECRETARY])
        lead = PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])

        with translation.override("en"):
            told = refused("issue.close", lead)

        assert told["message"] == (
            "“Close a matter” is for: branch secretary, branch committee member. Your own posts here: neighbour lead."
        )
        assert told["hint"].endswith("Here these are: 唐书记.")

    def test_in_chinese_sentences_stand_without_a_gap(self):
        lead = PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])

        with translation.override("zh-hans"):
            told = refused("issue.close", lead)

        assert told["message"] == "“办结事项”由这些职务的人办理：支部书记、支部委员。您在本小区的职务：邻长。"
        assert " " not in told["hint"]

    def test_of_many_only_the_secretary_is_named(self):
        property_staff = PersonFactory(posts=[PostKind.PROPERTY_STAFF])
        for _ in range(5):
            PersonFactory(name="某某", posts=[PostKind.BUILDING_STEWARD])

        with translation.override("zh-hans"):
            without = refused("assignment.verify", property_staff)["hint"]
            PersonFactory(name="唐书记", posts=[PostKind.BRANCH_SECRETARY])
            told = refused("assignment.verify", property_staff)["hint"]

        assert "某某" not in without + told
        assert "唐书记" not in without
        assert told.endswith("可以找：唐书记。")

    def test_whoever_has_the_post_but_not_the_thing_is_told_whose_it_is(self):
        post = PersonFactory(posts=[PostKind.GENERAL_SECRETARY]).posts.get()
        with translation.override("en"):
            told = refused("post.end", PersonFactory(posts=[PostKind.BRANCH_SECRETARY]), post)

        assert told["message"].startswith("Nobody acts on a post above their own.")
        assert "Your own posts" not in told["message"]

    def test_the_page_says_it_and_leads_to_the_help(self, web):
        lead = PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])

        answer = web(lead).get("/inbox/")

        assert answer.status_code == 403
        assert "“Sort a matter” is for: branch secretary, branch committee member." in answer.text
        assert "Your own posts here: neighbour lead." in answer.text
        assert 'href="/c/north/help/"' in answer.text

    def test_beside_what_others_do_stands_whose_it_is(self, web):
        lead = PersonFactory(posts=[PostKind.NEIGHBOUR_LEAD])
        issue = IssueFactory(step=Step.PROPOSE, openness=Openness.MEMBERS)

        answer = web(lead).get(f"/issues/{issue.number}/")

        others = answer.text.partition("What others can do with it")[2].partition("</details>")[0]
        assert "<b>Pass it upward</b>: branch secretary, branch committee member" in others

    @pytest.mark.parametrize(
        ("action", "said"),
        [
            ("notice.approve", "<b>Approve a notice</b>: For: branch secretary, branch committee member"),
            ("activity.change", "<b>Change an activity</b>: An activity is for whoever planned it"),
        ],
    )
    def test_an_action_of_others_is_said_with_whose_it_is(self, action, said):
        with translation.override("en"):
            text = Template(f'{{% load others %}}{{% for_others "{action}" %}}').render(Context())

        assert said in text


def test_templates_name_actions_that_are_there():
    named = {
        action
        for app in ("compounds", "consultation", "notices", "volunteers")
        for path in (Path(settings.BASE_DIR) / app).rglob("*.html")
        for action in re.findall(r'for_others "([\w.]+)"', path.read_text(encoding="utf-8"))
    }

    assert len(named) >= 10
    assert named <= set(RULES)

"""A scorer scores on a phone, in Chinese; another by a link, in large letters. No sheet stays on the phone."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from compounds.organisation.models import PostKind
from compounds.registry.context import compound_context
from consultation.fair_mean import Sum
from consultation.models import ConsultationSettings, Scorer, ScoringRound
from consultation.quarters import Quarter
from consultation.services import scoring, scoring_tallies
from tests.committing import YARD
from tests.consultation.handling import secretary
from tests.consultation.scoring import met
from tests.factories import PersonFactory
from tests.journeys.conftest import Phone, Phones

ROW_OF_FIVE = 5


def t(text: str, **facts: object) -> str:
    """What the page says for an English source text."""
    with translation.override("zh-hans"):
        return gettext(text) % facts if facts else gettext(text)


@pytest.fixture
def row(phones: Phones) -> ScoringRound:
    """Open today, of the last quarter: two scorers, three deliberators."""
    quarter = Quarter.before(timezone.localdate())
    with compound_context(YARD):
        ConsultationSettings.objects.update(scoring_days=30)
        met(*[PersonFactory(name=name) for name in ("李秀英", "王建国", "赵桂香")], on=quarter.last)
        for name in ("周师傅", "刘奶奶"):
            PersonFactory(name=name, posts=[PostKind.RESIDENTS_REP])
        made = scoring.open_round(quarter, today=timezone.localdate())
        assert made is not None
    return made


def give(phone: Phone, value: int) -> None:
    phone.page.locator(f"button[name=give][value='{value}']").click()
    phone.page.wait_for_load_state()


def test_a_scorer_scores_on_the_phone_from_my_day_to_the_thanks(phones: Phones, row: ScoringRound) -> None:
    with compound_context(YARD):
        person = Scorer.objects.get(person__name="周师傅").person
    phone = phones(person)
    phone.open("")
    phone.page.locator(f"a[href$='/scoring/{row.label}/sheet/']").click()
    phone.sees(t("Nobody sees what you give."))
    phone.page.locator("form button[name=go][value='0']").click()

    phone.sees(t("How was consultation run?"))
    large = phone.page.locator("button[name=give]").first.bounding_box()
    assert large is not None
    assert large["height"] >= 48
    assert large["width"] > 300
    for value in (5, 4):
        give(phone, value)
    phone.sees("李秀英")
    give(phone, 3)
    phone.page.locator("button[name=go][value=back]").click()
    phone.sees("李秀英")
    for value in (4, 0, 5):
        give(phone, value)

    phone.sees(t("Is this right?"))
    phone.page.locator("button[name=go][value='3']").click()
    give(phone, 2)
    phone.page.locator("button[name=go][value=send]").click()
    phone.sees(t("Thank you! You have scored."))

    with compound_context(YARD):
        made = ScoringRound.objects.get()
        sums = scoring_tallies.sums(scoring_tallies.read(made))
        assert [sums[subject.pk] for subject in made.subjects.all()] == [Sum(1, n) for n in (5, 4, 4, 2, 5)]
        assert Scorer.objects.get(scored=True).person == person
    kept = phone.page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    assert "given_" not in kept
    phone.open("")
    assert phone.page.locator(f"a[href$='/scoring/{row.label}/sheet/']").count() == 0


def test_somebody_without_a_login_scores_by_link_in_large_letters(phones: Phones, row: ScoringRound) -> None:
    with compound_context(YARD):
        scorer = Scorer.objects.select_related("round", "person").get(person__name="刘奶奶")
        token = scoring.make_link(scorer, today=timezone.localdate(), by=secretary())
    phone = phones(None)
    phone.open(f"score/{token}/")
    phone.sees("刘奶奶")
    assert phone.page.evaluate("document.documentElement.hasAttribute('data-elder')")
    assert phone.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    phone.page.locator("form button[name=go][value='0']").click()
    for _ in range(ROW_OF_FIVE):
        give(phone, 4)

    phone.page.locator("button[name=go][value=send]").click()
    phone.sees(t("Thank you! You have scored."))
    phone.open(f"score/{token}/")
    phone.sees(t("Thank you! You have scored."))

    with compound_context(YARD):
        assert Scorer.objects.get(pk=scorer.pk).scored
        assert timezone.localdate() <= ScoringRound.objects.get().closes_on - timedelta(days=1)

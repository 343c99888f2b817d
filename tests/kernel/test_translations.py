"""The Chinese catalogue says all that the code says, and keeps every placeholder."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from compounds.kernel import translations

PLACEHOLDER = re.compile(r"%\((\w+)\)")


def pairs() -> Iterator[tuple[str, str]]:
    """Every source text (both forms of a plural) beside what the catalogue says instead."""
    for message in translations.read(settings.BASE_DIR):
        for source in [message.id] if isinstance(message.id, str) else message.id:
            for target in [message.string] if isinstance(message.string, str) else message.string:
                if source:
                    yield source, target


def test_every_text_of_the_code_has_its_chinese():
    assert translations.missing(settings.BASE_DIR) == []


def test_the_catalogue_holds_no_text_that_the_code_lost():
    used = {(message.id, message.context) for message in translations.extracted(settings.BASE_DIR)}

    kept = {(message.id, message.context) for message in translations.read(settings.BASE_DIR)}

    assert kept - used == set()


def test_nothing_is_a_guess():
    catalog = translations.read(settings.BASE_DIR)

    assert not catalog.fuzzy
    assert [message.id for message in catalog if message.fuzzy] == []


def test_every_placeholder_of_a_text_stands_in_its_chinese():
    def placeholders(text: str) -> set[str]:
        return set(PLACEHOLDER.findall(text))

    broken = [
        (message.id, target)
        for message in translations.read(settings.BASE_DIR)
        if message.id
        # Of a plural, the form for many: Chinese has one form only, and "a neighbour" needs no number.
        for source in [message.id if isinstance(message.id, str) else message.id[-1]]
        for target in ([message.string] if isinstance(message.string, str) else message.string)
        if placeholders(source) != placeholders(target)
    ]

    assert broken == []


def test_every_chinese_text_can_be_filled_in():
    class Anything(dict[str, float]):
        def __missing__(self, key: str) -> float:
            return 1.0

    for source, target in pairs():
        if PLACEHOLDER.search(source):
            assert target % Anything()


def test_chinese_texts_stand_with_chinese_punctuation():
    wrong = re.compile(r"[!！;?]|[\u4e00-\u9fff][,.:;?()]|[\u4e00-\u9fff] [\u4e00-\u9fff]")

    assert [target for _source, target in pairs() if wrong.search(target)] == []


def test_no_chinese_text_has_a_gap_beside_a_number():
    """A breath there is the page's to give (``text-autospace``): texts that had it, and others not, looked untidy."""
    gap = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\d|%\()|(?:(?<=\d)|(?<=\)s)|(?<=\)d)) (?=[\u4e00-\u9fff])")

    assert [target for _source, target in pairs() if gap.search(target)] == []


def test_a_page_in_chinese_counts_and_tells_contexts_apart():
    with translation.override("zh-hans"):
        assert gettext("Visit and ask") == "走访问需"
        assert pgettext("sign of a step", "V") == "访"
        assert ngettext("%(days)s day late", "%(days)s days late", 2) % {"days": 2} == "逾期2天"


@pytest.mark.parametrize(("text", "name"), [('{% translate "A" %}', "a.html"), ('_("A")', "a.py")])
def test_a_new_text_is_missed_until_it_is_translated(text: str, name: str, tmp_path: Path):
    (tmp_path / "notices").mkdir()
    source = tmp_path / "notices" / name
    source.write_text(("{% load i18n %}" if name.endswith("html") else "") + text)

    catalog = translations.update(tmp_path)

    assert translations.missing(tmp_path) == ["A"]
    assert [message.id for message in catalog if message.id] == ["A"]


def test_updating_twice_changes_no_byte(tmp_path: Path):
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "a.py").write_text('_("A")\nngettext("%(n)s day", "%(n)s days", n)\n')
    translations.update(tmp_path)
    before = translations.po_path(tmp_path).read_bytes()

    translations.update(tmp_path)

    assert translations.po_path(tmp_path).read_bytes() == before

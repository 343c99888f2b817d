"""The words of the product are the glossary's."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils import translation

from handbook.words import CHAPTERS

GLOSSARY = Path(settings.BASE_DIR) / "docs" / "glossary.md"


def chinese_of_the_glossary() -> set[str]:
    rows = re.findall(r"^\| ([^|]+) \|", GLOSSARY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {word.strip() for cell in rows for word in re.split(r"[/、；（）]", cell)}


def test_every_word_of_the_help_stands_in_the_glossary():
    with translation.override("zh-hans"):
        words = {str(one.word) for chapter in CHAPTERS for one in chapter.words}

    assert words - chinese_of_the_glossary() == set()


def test_no_word_stands_twice():
    for language in ("en", "zh-hans"):
        with translation.override(language):
            words = [str(one.word) for chapter in CHAPTERS for one in chapter.words]
        assert len(words) == len(set(words))


def test_the_page_shows_them_all(anyone):
    text = anyone.get("/help/words/").text

    with translation.override("en"):
        assert all(str(one.word).replace("'", "&#x27;") in text for chapter in CHAPTERS for one in chapter.words)


def test_every_model_stands_in_the_glossary():
    ours = {"compounds", "consultation", "handbook", "notices", "volunteers"}
    models = [model for model in apps.get_models() if model.__module__.partition(".")[0] in ours]
    text = GLOSSARY.read_text(encoding="utf-8")

    assert [model.__name__ for model in models if f"`{model.__name__}`" not in text] == []
    assert "to come" not in text

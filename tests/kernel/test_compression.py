"""What leaves packed: texts, where the browser takes it; nothing that is packed already or is compared to the byte."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
TAKES = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("path", ["/c/north/board/", "/accounts/login/", "/static/kernel/linjuli.css"])
def test_texts_leave_packed(path):
    plain, packed = Client().get(path), Client(headers=TAKES).get(path)

    body = b"".join(packed.streaming_content) if packed.streaming else packed.content
    whole = b"".join(plain.streaming_content) if plain.streaming else plain.content
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(body) < len(whole) / 2
    assert gzip.decompress(body)[:200] == whole[:200]


@pytest.mark.parametrize("path", ["/c/north/api/v1/issues/", "/api/docs/district/openapi.json"])
def test_what_programs_read_is_left_as_it_is(path):
    assert "Content-Encoding" not in Client(headers=TAKES).get(path).headers


def test_one_page_is_never_of_the_same_length_for_long():
    """So that nobody learns from lengths what stands in a page beside what they put there."""
    browser = Client(headers=TAKES)

    assert len({len(browser.get("/accounts/login/").content) for _n in range(8)}) > 1

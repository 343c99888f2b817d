"""The API's documents in a real browser: drawn under our content security policy, at phone size too."""

import os

import pytest

from tests.journeys.conftest import PHONE


@pytest.mark.parametrize("page", ["", "redoc/"])
def test_a_document_is_drawn_and_our_policy_blocks_nothing_of_it(served, browser, page):
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    tab, blocked = context.new_page(), []
    tab.on("console", lambda said: blocked.append(said.text) if "Content Security Policy" in said.text else None)

    tab.goto(f"{served}/api/docs/compound/{page}")
    tab.locator("h2, .opblock-summary").filter(has_text="Bring a matter in").first.wait_for(timeout=60_000)

    if folder := os.environ.get("SHOTS"):
        tab.screenshot(path=f"{folder}/docs-{page.strip('/') or 'swagger'}.png")
    # Redoc's own logo would come from elsewhere; it may not.
    assert [said for said in blocked if "cdn.redoc.ly/redoc/logo" not in said] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()

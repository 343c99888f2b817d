"""What is printed: on paper nothing is cut off, nothing is left to press, and no row is torn by the end of a page."""

import re
from collections import defaultdict

import pypdfium2
from playwright.sync_api import Page

from tests.journeys import access
from tests.journeys.access import Ask

# A phone that prints lays the page out for its own width first; A4 without its margins is so broad.
PHONE_WIDTH, PAPER_WIDTH = 390, 673
_HIGH = 1000
_LEFT_TO_PRESS = """() => {
  const pressed = "header, nav, button, summary, input, select, textarea, .btn, .acts, .actionbar, .skip, .back";
  return [...document.querySelectorAll(pressed)].filter(node => node.checkVisibility() && node.getClientRects().length)
    .map(node => `to press: ${node.tagName}.${node.className} ${node.textContent.trim().slice(0, 20)}`).slice(0, 3);
}"""
# Each row begins and each of its cells ends with its number, so that the pages tell where it stands.
_NUMBER_THE_ROWS = """() => {
  const rows = [...document.querySelectorAll("main tbody tr, main .row, main dl.facts > div")]
    .filter(row => row.checkVisibility());
  rows.forEach((row, n) => {
    const parts = row.matches("tr") ? [...row.cells] : [row];
    parts[0].prepend(document.createTextNode(`<${n}<`));
    parts.forEach(part => part.append(document.createTextNode(`>${n}>`)));
  });
  return rows.length;
}"""
_MARK = re.compile(r"[<>](\d+)[<>]")


def complaints(page: Page) -> list[str]:
    """Of the page that is open, as it is printed. Changes it."""
    found = []
    page.emulate_media(media="print")
    for width in (PHONE_WIDTH, PAPER_WIDTH):
        page.set_viewport_size({"width": width, "height": _HIGH})
        found += [f"at {width}: {what}" for what in access.complaints(page, Ask.WIDTH)]
        found += [f"at {width}: {what}" for what in page.evaluate(_LEFT_TO_PRESS)]
    return found + _torn(page)


def _torn(page: Page) -> list[str]:
    """The rows that stand on two pages."""
    rows = page.evaluate(_NUMBER_THE_ROWS)
    document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    pages = defaultdict(set)
    for number in range(len(document)):
        for row in _MARK.findall(document[number].get_textpage().get_text_bounded()):
            pages[row].add(number)
    lost = [f"row {n} is not on paper" for n in range(rows) if f"{n}" not in pages]
    return lost + [f"row {row} is torn: pages {on}" for row, on in pages.items() if len(on) > 1]

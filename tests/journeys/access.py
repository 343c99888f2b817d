"""What every page is measured by in the browser: its width, its targets for a finger, its contrast and names (axe).

Most of what a page costs is the talk with the browser and the making ready of axe, half a megabyte of script. So all
of it comes with each page that is opened, and the browser keeps it compiled; one question asks whatever is to be known
of a page at one size.
"""

import os
import re
from enum import StrEnum
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Elements that reach beyond the right edge and stand in nothing that scrolls or cuts them off.
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = node => ["auto", "scroll", "hidden"].includes(getComputedStyle(node).overflowX);
  const cut = (node, within) => node && node !== within && (scrolls(node) || cut(node.parentElement, within));
  const out = [...document.querySelectorAll("body *")].filter(node => {
    const box = node.getBoundingClientRect();
    // What is folded away is not laid out anew: its box is one of before.
    return box.width > 0 && box.right > width + 0.5 && node.checkVisibility() && !cut(node.parentElement);
  });
  // On pages of our own, what a box with hidden edges cuts off is lost, unless dots say so.
  const hides = node => {
    const { overflowX, textOverflow } = getComputedStyle(node);
    const meant = textOverflow === "ellipsis" || node.clientWidth < 2 || node.matches("svg, :has(img)");
    return overflowX === "hidden" && !meant;
  };
  const lost = [...document.querySelectorAll("main.wrap *")].filter(hides).flatMap(box => {
    const edge = box.getBoundingClientRect().right + 1;
    const reaches = node => node.checkVisibility() && node.getBoundingClientRect().right > edge;
    const beyond = node => reaches(node) && !cut(node.parentElement, box);
    return [...box.querySelectorAll("*")].filter(beyond);
  });
  // What stands deepest is to blame; a bar that lies over a page grows with it.
  const told = node => `${node.tagName}.${node.className.baseVal ?? node.className} ` +
    `“${node.textContent.trim().slice(0, 20)}” to ${Math.round(node.getBoundingClientRect().right)}`;
  const deepest = out.filter(node => ![...node.children].some(child => out.includes(child)));
  const bar = node => Boolean(node.closest(".nav"));
  return deepest.sort((one, other) => bar(one) - bar(other)).slice(0, 3).map(told)
    .concat(lost.slice(0, 3).map(node => `cut off ${node.tagName}.${node.className}`),
    document.documentElement.scrollWidth > width ? [`page of ${document.documentElement.scrollWidth}`] : []);
}"""
# Links in running text are excepted: text of the same block stands beside them.
_TOO_SMALL = """least => {
  const seen = node => {
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    return box.width > 1 && box.height > 1 && style.visibility !== "hidden";
  };
  const inText = node => {
    if (node.tagName !== "A" || getComputedStyle(node).display !== "inline") return false;
    const block = node.closest("p, li, dd, dt, td, th, figcaption, div, span.m");
    return block && block.textContent.trim().length > node.textContent.trim().length;
  };
  // A control inside its label is hit through the label.
  const labelled = node => node.id && document.querySelector(`label.choice[for="${node.id}"]`);
  const target = node => node.closest("label") || labelled(node) || node;
  const said = node => `${node.tagName}.${node.className} “${node.textContent.trim().slice(0, 20)}”`;
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .filter(node => seen(node) && !inText(node) && !node.classList.contains("skip"))
    .map(node => [node, target(node).getBoundingClientRect()])
    .filter(([node, box]) => box.width < least - 0.5 || box.height < least - 0.5)
    .slice(0, 4)
    .map(([node, box]) => `${said(node)} ${Math.round(box.width)}×${Math.round(box.height)}`);
}"""
# Contrast takes axe most of its time, and letters of the same look have the same: those that look as some did
# on an earlier page of the walk are left out.
_NEW_LETTERS = """() => {
  const kept = new Set(JSON.parse(sessionStorage.getItem("seen-letters") || "[]")), before = kept.size;
  const clear = colour => colour === "transparent" || colour.endsWith(", 0)");
  const behind = node => {
    while (node && clear(getComputedStyle(node).backgroundColor)) node = node.parentElement;
    return node ? getComputedStyle(node).backgroundColor : "";
  };
  document.querySelectorAll("[data-new-letters]").forEach(node => node.removeAttribute("data-new-letters"));
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
    if (!own && !node.matches("input, select, textarea")) continue;
    const { color, fontSize, fontWeight, opacity } = getComputedStyle(node);
    const look = [node.tagName, node.className, node.parentElement.className, color, behind(node), fontSize,
                  fontWeight, opacity, node.disabled].join();
    if (!kept.has(look)) node.setAttribute("data-new-letters", "");
    kept.add(look);
  }
  if (kept.size > before) sessionStorage.setItem("seen-letters", JSON.stringify([...kept]));
  return kept.size > before;
}"""
# To begin a run is dear too: what all rules need is made ready once for all of them.
_AXE = """async all => {
  const fresh = newLetters();
  if (!all && !fresh) return [];
  const some = all ? { rules: { "color-contrast": { enabled: fresh } } } : { runOnly: ["color-contrast"] };
  // A bar that lies over the page covers something else as soon as one scrolls.
  const lies = node => ["fixed", "sticky"].includes(getComputedStyle(node).position);
  const bars = [...document.querySelectorAll(".top, .nav, .actionbar")].filter(lies);
  bars.forEach(bar => bar.style.setProperty("position", "static", "important"));
  const found = await axe.run(document, { resultTypes: ["violations"], preload: false, elementRef: false, ...some });
  bars.forEach(bar => bar.style.removeProperty("position"));
  const why = node => node.any.concat(node.all, node.none).map(check => check.message).join("; ").slice(0, 160);
  const where = nodes => nodes.slice(0, 2).map(node => `${node.target} ${why(node)}`).join(" | ");
  return found.violations.map(rule => `${rule.id}: ${where(rule.nodes)}`);
}"""
_COMES_ALONG = f"""if (!window.measure) {{ {AXE_SCRIPT};
axe.configure({{rules: [
  {{id: "color-contrast", selector: "[data-new-letters]"}}, {{id: "target-size", enabled: true}},
]}});
const tooWide = {_TOO_WIDE}, tooSmall = {_TOO_SMALL}, newLetters = {_NEW_LETTERS}, violations = {_AXE};
window.measure = async (large, asked, least) => {{
  document.documentElement.toggleAttribute("data-elder", large);
  return [
    ...(asked.includes("width") ? tooWide().map(what => `too wide: ${{what}}`) : []),
    ...(asked.includes("targets") ? tooSmall(least).map(what => `too small: ${{what}}`) : []),
    ...(asked.includes("rules") ? await violations(true) : asked.includes("letters") ? await violations(false) : []),
  ];
}};
}}"""
LEAST_TARGET = 44
# The whole sweep (``script/sweep``), where a run of the tests looks at some states only.
EVERY_STATE = os.environ.get("EVERY_STATE") == "1"


class Ask(StrEnum):
    """What may be asked of a page as it is now."""

    WIDTH = "width"
    TARGETS = "targets"
    # All that axe-core knows; or of it the contrast alone, of letters that look as none did before.
    RULES = "rules"
    LETTERS = "letters"


def prepare(page: Page) -> None:
    """To be called before the first page is opened."""
    page.add_init_script(_COMES_ALONG)


def complaints(page: Page, *asked: Ask, large: bool = False) -> list[str]:
    """What is wrong with the page at the size it has, in normal letters or in large ones."""
    found: list[str] = page.evaluate("all => measure(...all)", [large, asked, LEAST_TARGET])
    return found


def shape(path: str) -> str:
    """Pages of one kind, whatever row they show, have one shape."""
    return re.sub(r"(?<=/)(\d+|\d{4}-\d{4,}|\d{4}-Q\d|yard|north|south)(?=/)", "…", path)


class Bystander:
    """Looks once at each kind of page that the stories come by: at those too that no walk can open as they are."""

    def __init__(self) -> None:
        self.known: set[str] = set()

    def complaints(self, page: Page) -> list[str]:
        """In normal letters and in large ones, unless one like it was looked at before. The page is left as it was."""
        path = shape(urlsplit(page.url).path)
        heading = page.locator("h1").first
        kind = f"{path} {heading.inner_text() if heading.count() else ''}"
        if kind in self.known or page.locator("html[data-elder]").count() or not page.evaluate("'measure' in window"):
            return []
        self.known.add(kind)
        found = {large: complaints(page, Ask.WIDTH, Ask.TARGETS, Ask.RULES, large=large) for large in (True, False)}
        return [f"{kind}{' in large letters' * large}: {what}" for large in found for what in found[large]]

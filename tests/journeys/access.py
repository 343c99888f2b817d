"""What every page is measured by in the browser: its width, its targets for a finger, its contrast and names (axe)."""

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
  return out.slice(0, 3).map(node => `${node.tagName}.${node.className}`)
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
  sessionStorage.setItem("seen-letters", JSON.stringify([...kept]));
  return kept.size > before;
}"""
_AXE = """async ([within, options]) => {
  const found = await axe.run(within || document, options);
  const why = node => node.any.concat(node.all, node.none).map(check => check.message).join("; ").slice(0, 160);
  const where = nodes => nodes.slice(0, 2).map(node => `${node.target} ${why(node)}`).join(" | ");
  return found.violations.map(rule => `${rule.id}: ${where(rule.nodes)}`);
}"""
_QUICK = {"resultTypes": ["violations"], "preload": False, "elementRef": False}
_ALL_BUT_CONTRAST = {**_QUICK, "rules": {"color-contrast": {"enabled": False}, "target-size": {"enabled": True}}}
_CONTRAST = {**_QUICK, "runOnly": ["color-contrast"]}
LEAST_TARGET = 44


def too_wide(page: Page) -> list[str]:
    return [f"too wide: {what}" for what in page.evaluate(_TOO_WIDE)]


def too_small(page: Page) -> list[str]:
    return [f"too small: {what}" for what in page.evaluate(_TOO_SMALL, LEAST_TARGET)]


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it is now."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_AXE, [None, _ALL_BUT_CONTRAST])
    return [*found, *too_pale(page)]


def too_pale(page: Page) -> list[str]:
    """Letters with too little contrast, of those that look as none did before; after ``violations``."""
    if not page.evaluate(_NEW_LETTERS):
        return []
    found: list[str] = page.evaluate(_AXE, ["[data-new-letters]", _CONTRAST])
    return found

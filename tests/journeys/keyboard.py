"""Somebody who has a keyboard and no pointer: goes from stop to stop, and always sees where they are."""

from datetime import date
from pathlib import Path

from playwright.sync_api import Page

# More stops than any page of a story has.
_MOST = 120
# What has the focus: whether it is what is looked for, by a selector and perhaps by its words, and whether a line
# around it, or around what stands for it, shows it. What is no stop, as the top of a page, needs none.
_AT = """([wanted, words]) => {
  const at = document.activeElement;
  const shown = getComputedStyle(at).opacity === "0" ? at.nextElementSibling : at;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const lined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  const named = at.getAttribute("aria-label") || at.textContent.trim();
  const there = at.matches(wanted) && (!words || named === words);
  return [there, lined || at.tabIndex < 0 || at === document.body, at.outerHTML.slice(0, 120)];
}"""


class Keyboard:
    """The keyboard in front of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, selector: str, words: str = "") -> None:
        """From stop to stop until the focus is there; each stop shows that it has it."""
        for _ in range(_MOST):
            there, seen, what = self.page.evaluate(_AT, [selector, words])
            assert seen, f"the focus is not seen on {what}"
            if there:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way by keyboard to {selector} {words} on {self.page.url}")

    def press(self, selector: str, key: str = "Enter", words: str = "") -> None:
        """Go there and press; the page stays."""
        self.go_to(selector, words)
        self.page.keyboard.press(key)

    def follow(self, selector: str, words: str = "") -> None:
        """Go there, press, and wait for the page to which it leads."""
        self.go_to(selector, words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tap(self, words: str) -> None:
        """The button or link that says so, and on to where it leads."""
        self.follow("a, button", words)

    def write(self, name: str, text: str) -> None:
        self.go_to(f"[name={name}]")
        self.page.keyboard.type(text)

    def type_day(self, name: str, day: date) -> None:
        """Into a field of year, month and day, in whichever order the browser's language has them."""
        self.go_to(f"input[type=date][name={name}]")
        field = self.page.locator(f"input[name={name}]")
        for order in ("%m%d%Y", "%Y>%m%d", "%d%m%Y"):
            # From its first part on, wherever the try before has led.
            for key in ["ArrowLeft", "ArrowLeft", *day.strftime(order)]:
                self.page.keyboard.press("ArrowRight" if key == ">" else key)
            if field.input_value() == day.isoformat():
                return
        raise AssertionError(f"{day} cannot be typed: {field.input_value()}")

    def agree(self, words: str) -> None:
        """A button that asks once more in place: the harmless answer has the focus, the other stands before it."""
        self.press("button", words=words)
        assert self.has_focus(".confirm button:not(.main)"), "what asks once more has the focus, on the harmless answer"
        self.page.keyboard.press("Shift+Tab")
        self.follow(".confirm .main")

    def attach(self, name: str, file: Path) -> None:
        """The field opens the machine's own window, in which one file is chosen."""
        # Asked for before the field is walked to: a window that nobody awaits yet would open for nobody.
        self.page.once("filechooser", lambda window: window.set_files(file))
        self.press(f"input[type=file][name={name}]")
        self.page.locator(f"[data-photos]:has([name={name}]) .shots li").first.wait_for()

    def choose(self, name: str, value: str) -> None:
        """One of some radio buttons: into the group, then along it with the arrows."""
        self.go_to(f"input[type=radio][name={name}]")
        wanted = self.page.locator(f"input[name='{name}'][value='{value}']")
        for _ in range(wanted.page.locator(f"input[name={name}]").count() + 1):
            if wanted.evaluate("node => node === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        assert wanted.is_checked()

    def pick(self, name: str, label: str) -> None:
        """One of a list, going down it with the arrow."""
        self.go_to(f"select[name={name}]")
        chosen = "document.activeElement.selectedOptions[0].label"
        for _ in range(_MOST):
            if self.page.evaluate(chosen) == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} is not in the list")

    def has_focus(self, selector: str) -> bool:
        """Whether the focus is there without a key having been pressed."""
        return bool(self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector))

"""Loads the demo as of one fixed day, serves it in this process and photographs a few pages of it.

The same code gives the same pictures: the demo is drawn from the day alone, the clock stands where it is put, nothing
moves on a page, and each picture is reduced to the colours it needs. Another machine's fonts draw other letters.
"""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import django
import time_machine
from celery import current_app
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from script.browser import find_or_install
from script.environment import REPOSITORY
from script.preparation import COMPILE_TEXTS

PICTURES = REPOSITORY / "docs" / "pictures"
# A Monday, before the working day begins, and when people look at their pages.
LOADED_AT = datetime(2026, 11, 23, 6, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SEEN_AT = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
PHONE, DESK = (390, 844), (1280, 860)
_COLOURS = 128
_SCHEMA, _MAKE_SIZES = "c_xijun", "compounds.photos.tasks.make_sizes"
_PASSWORD = "linjuli-demo"  # noqa: S105 - everybody knows it; the demo prints it


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it; ``find`` leads from the page at ``path`` to the one that is meant."""

    name: str
    path: str
    size: tuple[int, int]
    login: str = ""
    find: Callable[[Page], None] | None = None


def _first_with_photos(page: Page) -> None:
    """The first matter of the list whose page shows photos."""
    links = page.eval_on_selector_all("a.row[href*='/issues/']", "rows => rows.map(row => row.href)")
    for link in links:
        page.goto(link)
        if page.locator("ul.photos img").count():
            return


def _first_meeting(page: Page) -> None:
    page.locator("a.row[href*='/meetings/']").first.click()


PICTURE_LIST = (
    Picture("my-day", "/c/xijun/", PHONE, "tangbiyu"),
    Picture("issue", "/c/xijun/issues/?step=handle", PHONE, "tangbiyu", _first_with_photos),
    Picture("board-elder", "/c/xijun/board/?elder=1", PHONE),
    Picture("help", "/c/xijun/help/", PHONE, "zhaozihan"),
    Picture("meeting", "/c/xijun/meetings/", DESK, "tangbiyu", _first_meeting),
    Picture("district", "/admin/", DESK, "zhoumin"),
)


def main() -> int:
    # The product's own log lines, one for each request, would bury ours.
    logging.disable(logging.INFO)
    wanted = [picture for picture in PICTURE_LIST if not sys.argv[1:] or picture.name in sys.argv[1:]]
    # Before Playwright's loop begins, in which it could not look for one of its own.
    chromium = find_or_install()
    _load()
    with time_machine.travel(SEEN_AT, tick=True), _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in wanted:
            path = PICTURES / f"{picture.name}.png"
            _take(browser, picture, address, path)
            print(f"{path.relative_to(REPOSITORY)}: {_made_small(path)} KB", flush=True)
        browser.close()
    return 0


def _load() -> None:
    """All that ``script/demo`` does before it serves, and at once what its worker would do then."""
    django.setup()
    call_command(*COMPILE_TEXTS)
    call_command("migrate_schemas", "--noinput", verbosity=0)
    with time_machine.travel(LOADED_AT, tick=False):
        call_command("load_demo")
    current_app.tasks[_MAKE_SIZES].apply(args=(_SCHEMA,), throw=True)


@contextmanager
def _served() -> Iterator[str]:
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Silent, ipv6=False)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        pass


def _take(browser: Browser, picture: Picture, address: str, path: Path) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if picture.size == PHONE else 1,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.login:
        page.goto(f"{address}/accounts/login/")
        page.fill("input[name=login]", picture.login)
        page.fill("input[name=password]", _PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(f"{address}{picture.path}")
    if picture.find:
        picture.find(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, animations="disabled", caret="hide")
    context.close()


def _made_small(path: Path) -> int:
    """Reduce it to the colours it needs; the size in kilobytes."""
    with Image.open(path) as taken:
        reduced = taken.convert("RGB").quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    reduced.save(path, optimize=True)
    return round(path.stat().st_size / 1024)


if __name__ == "__main__":
    sys.exit(main())

"""When the largest part of a page stands on a slow phone, against a bare page of the same server, taking turns.

CPU four times slower, 100 ms away, 9 Mbit/s, nothing in the cache, the demo's compound. LINJULI_CHROMIUM names the
browser; script/bench finds one.
"""

import argparse
import os
from dataclasses import dataclass, field
from statistics import median

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.measuring import Figures
from benchmarks.serving import served
from compounds.accounts.models import User
from compounds.organisation.models import Entrance
from compounds.registry.context import compound_context
from consultation.models import Issue, Openness
from consultation.steps import Step

MOUNT = "/c/xijun"
_PHONE = {"width": 390, "height": 844}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_OBSERVE = """
window.__largest = 0; window.__shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { window.__largest = one.startTime; }))
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) window.__shift += one.value;
})).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Seen:
    """Of one page: milliseconds to the largest paint each time, the worst layout shift, bytes over the wire."""

    paints: list[float] = field(default_factory=list)
    shift: float = 0
    weight: int = 0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5)


def measure(options: argparse.Namespace) -> Figures:
    """The slowest page's median (ours) and the bare page's (against)."""
    call_command("load_demo")
    residents, workers = _paths()
    # Before the browser's loop begins: beside it Django reads nothing.
    session = _session()
    seen: dict[str, Seen] = {"bare": Seen(), **{name: Seen() for name in (*residents, *workers)}}
    with served("benchmarks.requests_settings") as (port, _pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["LINJULI_CHROMIUM"], args=_FLAGS)
        address = f"http://127.0.0.1:{port}"
        for _ in range(options.rounds):
            _open(browser, address, {"bare": f"{MOUNT}/constant/", **workers}, session, seen)
            _open(browser, address, residents, "", seen)
        browser.close()
    medians = {name: median(one.paints) for name, one in seen.items()}
    slowest = max(medians.values())
    more = {f"{name}_ms": value for name, value in medians.items()}
    more |= {f"{name}_kb": one.weight / 1024 for name, one in seen.items()}
    more["worst_layout_shift"] = max(one.shift for one in seen.values())
    return Figures("pages", ours=slowest, against=medians["bare"], unit="ms to the largest paint", more=more)


def _paths() -> tuple[dict[str, str], dict[str, str]]:
    """What a resident opens, and what somebody who serves there opens."""
    with compound_context("c_xijun"):
        entrance = Entrance.objects.earliest("pk").pk
        public = Issue.objects.filter(openness=Openness.PUBLIC)
        posted = public.filter(step=Step.CLOSED).latest("pk").number
        rated = public.filter(step=Step.EVALUATE).latest("pk").number
    residents = {"board": "board/", "report": f"report/{entrance}/", "rating": f"board/{rated}/opinion/"}
    residents |= {"posted_matter": f"board/{posted}/"}
    workers = {"my_day": "", "matters": "issues/", "matter": f"issues/{posted}/", "inbox": "inbox/"}
    workers |= {"meetings": "meetings/", "figures": "figures/"}
    return tuple({name: f"{MOUNT}/{path}" for name, path in group.items()} for group in (residents, workers))  # type: ignore[return-value]


def _session() -> str:
    """The key of the secretary's session."""
    client = Client()
    client.force_login(User.objects.get(username="tangbiyu"))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _open(browser: Browser, address: str, paths: dict[str, str], session: str, seen: dict[str, Seen]) -> None:
    """Each page once, on a phone that has seen none of them."""
    context = browser.new_context(viewport=_PHONE, locale="zh-CN", has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    if session:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    page = context.new_page()
    page.add_init_script(_OBSERVE)
    wire = _slowed(page)
    for name, path in paths.items():
        weighed: list[int] = []
        note = lambda event, into=weighed: into.append(int(event["encodedDataLength"]))  # noqa: E731
        wire.on("Network.loadingFinished", note)
        answer = page.goto(address + path, wait_until="load")
        if answer is None or not answer.ok:
            raise RuntimeError(f"{path} answered {answer and answer.status}")
        page.wait_for_timeout(300)
        wire.remove_listener("Network.loadingFinished", note)
        _keep(seen[name], page, sum(weighed))
        print(f"  {name}: {seen[name].paints[-1]:.0f} ms, {seen[name].weight / 1024:.1f} KB", flush=True)
    context.close()


def _slowed(page: Page) -> CDPSession:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    speed = 9_000_000 / 8
    conditions = {"offline": False, "latency": 100, "downloadThroughput": speed, "uploadThroughput": speed}
    wire.send("Network.emulateNetworkConditions", conditions)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return wire


def _keep(seen: Seen, page: Page, weight: int) -> None:
    largest, shift = page.evaluate("[window.__largest, window.__shift]")
    seen.paints.append(float(largest))
    seen.shift = max(seen.shift, float(shift))
    seen.weight = max(seen.weight, weight)

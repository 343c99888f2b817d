"""What the first opening of a page costs: bytes over the wire, requests to others, and how much of it jumps about."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

RESIDENTS, WORKERS = 60 * 1024, 90 * 1024
MOST_SHIFT = 0.1
_OBSERVE = """
window.__shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.__shift += entry.value;
})).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Weight:
    """Bytes as they came over the wire, packed, by kind."""

    page: int = 0
    photos: int = 0
    hosts: set[str] = field(default_factory=set)


class Scales:
    """Weighs every page that a browser's tab opens, each as if for the first time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.now = Weight()
        self.photos: set[str] = set()
        page.add_init_script(_OBSERVE)
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.responseReceived", self._answered)
        wire.on("Network.loadingFinished", self._loaded)

    def begin(self) -> None:
        self.now = Weight()

    def shift(self) -> float:
        """The cumulative layout shift so far."""
        return float(self.page.evaluate("window.__shift"))

    def complaints(self, path: str, most: int, *, with_photos: bool) -> list[str]:
        weight = self.now.page + (self.now.photos if with_photos else 0)
        found = [f"{path}: {weight / 1024:.1f} KB"] if weight > most else []
        found += [f"{path}: asks {host}" for host in sorted(self.now.hosts - {urlsplit(self.page.url).netloc})]
        if (shift := self.shift()) > MOST_SHIFT:
            found.append(f"{path}: shifts by {shift:.2f}")
        return found

    def _asked(self, event: dict[str, Any]) -> None:
        address = urlsplit(event["request"]["url"])
        if address.scheme in {"http", "https"}:
            self.now.hosts.add(address.netloc)

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"]["mimeType"] in {"image/jpeg", "image/png", "image/webp"}:
            self.photos.add(event["requestId"])

    def _loaded(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.photos:
            self.now.photos += int(event["encodedDataLength"])
        else:
            self.now.page += int(event["encodedDataLength"])

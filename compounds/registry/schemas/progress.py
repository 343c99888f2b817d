"""How far along work on many compounds is: a bar on a terminal, a line for each tenth elsewhere."""

import threading
import time
from typing import TextIO

WIDTH = 30


class Progress:
    """Counts, from any thread. Without a place to write it only counts."""

    def __init__(self, label: str, out: TextIO | None) -> None:
        self._label = label
        self.out = out
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self._shown_tenth = 0
        self.total = self.done = self.failed = 0

    def expect(self, more: int) -> None:
        """So many more are to be done."""
        with self._lock:
            self.total += more
            self._show()

    def one_done(self) -> None:
        """One is through, well."""
        with self._lock:
            self.done += 1
            self._show()

    def one_failed(self) -> None:
        """One is through, badly."""
        with self._lock:
            self.failed += 1
            self._show()

    def close(self) -> None:
        """Leave the line on which the bar stood."""
        if self.out and self.out.isatty() and self.total:
            self.out.write("\n")

    def _show(self) -> None:
        if not self.out:
            return
        through = self.done + self.failed
        tenth = through * 10 // self.total
        words = f"{through}/{self.total}" + (f", {self.failed} ✗" if self.failed else "")
        taken = f"{time.monotonic() - self._began:.1f} s"
        if self.out.isatty():
            filled = WIDTH * through // self.total
            self.out.write(f"\r{self._label} [{'#' * filled}{' ' * (WIDTH - filled)}] {words}  {taken}")
        elif tenth > self._shown_tenth:
            self._shown_tenth = tenth
            self.out.write(f"{self._label} {words}  {taken}\n")
        self.out.flush()

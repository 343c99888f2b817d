"""The API in one compound among many, asked by a partner's system with a token from a real gunicorn.

A list of 50 matters against a view that returns a constant through the same authentication, and against the page that
shows the same list; bringing matters in; and all of 100,000 matters by cursor, with the web server's memory.
"""

import argparse
import json
import time
import uuid
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.measuring import Figures
from benchmarks.serving import Caller, cpu_seconds, resident_mb, served, signed_in
from compounds.partners import clients
from compounds.partners.scopes import Scope
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from consultation.models import Category, Openness
from demo import synthetic

_ROWS = 50
_PAGE = 200
_MORE_ISSUES = """
INSERT INTO consultation_issue (
    created_at, updated_at, number, year, serial, title, said, category_id, openness, place_note, recorded_by_id,
    step, owner_unit_id, due_provisional, outcome
)
    SELECT now(), now(), '1999-' || n, 1999, n, '合成事项 ' || n, '由合成数据生成的第 ' || n || ' 件事项', %(category)s,
        'public', '', (SELECT min(id) FROM organisation_person), 'handle',
        (SELECT id FROM organisation_unit WHERE level = 2), false, ''
    FROM generate_series(1, %(many)s) AS n
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=60, help="of each side, a round")
    parser.add_argument("--export", type=int, default=100_000, help="matters, by cursor")


def measure(options: argparse.Namespace) -> Figures:
    """Milliseconds per list (ours) and per constant (against); the rest under names with units."""
    synthetic.make(
        compounds=options.compounds, issues=2 * _ROWS, households=0, today=timezone.localdate(), tell=lambda _done: None
    )
    compound = Compound.objects.ready().order_by("pk")[options.compounds // 2]
    partner = _Partner(compound)
    with served("benchmarks.requests_settings") as (port, server):
        taken, cpu = _side_by_side(options, partner, Caller(port), server)
        told = _queries(partner) | _exported(options.export, partner, Caller(port), server)
    share = {name: 100 * taken["constant"] / taken[name] for name in ("list", "create")}
    return Figures(
        "api",
        ours=taken["list"],
        against=taken["constant"],
        unit="ms per request",
        more={
            "list_share_of_constants_requests_per_second_percent": share["list"],
            "create_share_of_constants_requests_per_second_percent": share["create"],
            **{f"{name}_requests_per_second": 1000 / each for name, each in taken.items()},
            **{f"{name}_cpu_ms": each for name, each in cpu.items()},
            "list_cpu_times_constant": cpu["list"] / cpu["constant"],
            **told,
            "compounds": options.compounds,
        },
    )


class _Partner:
    """A system with a grant for one compound, and what it sends there."""

    def __init__(self, compound: Compound) -> None:
        self.compound, self.mount = compound, f"{compound.url}api/v1/"
        self._client = clients.open_client("合成热线", scopes=list(Scope))
        self._client.per_minute = 1_000_000
        self._client.save()
        clients.grant(self._client, compound)
        self._secret = clients.new_secret(self._client, now=timezone.now())
        with compound_context(compound.schema_name):
            category = Category.objects.filter(openness=Openness.PUBLIC).order_by("pk")[0]
        self.category = category.pk
        self.matter = json.dumps({"title": "电梯夜里异响", "said": "半夜咣当响。", "category": category.pk})

    def headers(self) -> dict[str, str]:
        """With a token, from the address at which every partner gets one. It is good for ten minutes."""
        said = {"grant_type": "client_credentials", "client_id": self._client.client_id, "client_secret": self._secret}
        told = Browser().post("/api/v1/token/", urlencode(said), content_type="application/x-www-form-urlencoded")
        return {"Authorization": f"Bearer {told.json()['access_token']}", "Content-Type": "application/json"}


def _side_by_side(
    options: argparse.Namespace, partner: _Partner, caller: Caller, server: int
) -> tuple[dict[str, float], dict[str, float]]:
    """The median milliseconds of each side's requests, taking turns: by the clock, and of CPU."""
    member = {"Cookie": signed_in(partner.compound)}
    taken: dict[str, list[float]] = {}
    cpu: dict[str, list[float]] = {}
    for turn in range(options.rounds + 1):
        mine = partner.headers()
        sides: dict[str, Callable[[], Any]] = {
            "constant": partial(caller.send, "GET", f"{partner.mount}constant/", mine),
            "list": partial(caller.send, "GET", f"{partner.mount}issues/?limit={_ROWS}", mine),
            "page": partial(caller.send, "GET", f"{partner.compound.url}issues/", member),
            "create": partial(_create, caller, partner, mine),
        }
        for name, send in sides.items():
            spent, began = cpu_seconds(server), time.perf_counter()
            for _ in range(options.requests):
                send()
            each = 1000 * (time.perf_counter() - began) / options.requests
            # The first round warms up.
            if turn:
                taken.setdefault(name, []).append(each)
                cpu.setdefault(name, []).append(1000 * (cpu_seconds(server) - spent) / options.requests)
                print(f"  {name}: {each:.2f} ms, CPU {cpu[name][-1]:.2f} ms a request", flush=True)
    return _medians(taken), _medians(cpu)


def _medians(taken: dict[str, list[float]]) -> dict[str, float]:
    return {name: median(each) for name, each in taken.items()}


def _create(caller: Caller, partner: _Partner, headers: dict[str, str]) -> None:
    caller.send("POST", f"{partner.mount}issues/", _keyed(headers), partner.matter)


def _keyed(headers: dict[str, str]) -> dict[str, str]:
    return headers | {"Idempotency-Key": str(uuid.uuid4())}


def _queries(partner: _Partner) -> dict[str, float]:
    """Of each call, from the mount to the answer: with what opens and ends transactions, and without."""
    mine, browser = partner.headers(), Browser()
    calls: dict[str, Callable[[], Any]] = {
        "list_of_1": lambda: browser.get(f"{partner.mount}issues/?limit=1", headers=mine),
        f"list_of_{_ROWS}": lambda: browser.get(f"{partner.mount}issues/?limit={_ROWS}", headers=mine),
        "create": lambda: browser.post(
            f"{partner.mount}issues/", partner.matter, content_type="application/json", headers=_keyed(mine)
        ),
    }
    counted: dict[str, float] = {}
    for name, call in calls.items():
        call()
        with CaptureQueriesContext(connection) as captured:
            answer = call()
        if answer.status_code not in {200, 201}:
            raise RuntimeError(f"{name} answered {answer.status_code}: {answer.content[:200]!r}")
        said = [query["sql"].split(None, 1)[0] for query in captured.captured_queries]
        counted[f"queries_{name}"] = len([word for word in said if word in {"SELECT", "INSERT", "UPDATE", "DELETE"}])
        counted[f"statements_{name}"] = len(said)
    return counted


def _exported(many: int, partner: _Partner, caller: Caller, server: int) -> dict[str, float]:
    """All matters of the compound by cursor; what the web server holds before, half way and after."""
    with compound_context(partner.compound.schema_name), connection.cursor() as cursor:
        cursor.execute(_MORE_ISSUES, {"category": partner.category, "many": many})
        cursor.execute("ANALYZE consultation_issue")
    held, read, quarters = [resident_mb(server)], 0, [time.perf_counter()]
    mine, url = partner.headers(), f"{partner.mount}issues/?limit={_PAGE}"
    while url:
        told, headers = caller.send("GET", url, mine)
        read += len(json.loads(told))
        if read >= many * len(quarters) / 4:
            quarters.append(time.perf_counter())
            held.append(resident_mb(server))
            mine = partner.headers()
            print(f"  exported {read} matters, the web server holds {held[-1]:.1f} MB", flush=True)
        link = headers.get("Link", "")
        url = link.partition(">")[0].removeprefix("<").partition("127.0.0.1")[2].partition("/")[2]
        url = f"/{url}" if url else ""
    if read < many:
        raise RuntimeError(f"{read} of {many} matters were exported")
    return {
        "export_rows": read,
        "export_rows_per_second": many / (quarters[4] - quarters[0]),
        "export_last_quarter_rows_per_second": many / 4 / (quarters[4] - quarters[3]),
        "server_rss_at_start_mb": held[0],
        "server_rss_in_the_middle_mb": held[2],
        "server_rss_at_end_mb": held[4],
    }

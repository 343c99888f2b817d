"""What the district's first page needs of all compounds: from public rows, by a loop over schemas, by one UNION ALL.

All three answer the same question: how many matters are open at each step, and how many of them are overdue. The whole
page is asked for besides, as a superuser sees it.
"""

import argparse
from collections import Counter

from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg import sql

from benchmarks.measuring import Figures, seconds, taking_turns
from compounds.accounts.models import User
from compounds.oversight.district import counted
from compounds.oversight.recount import recount
from compounds.registry.context import compound_context
from compounds.registry.models import Compound
from consultation.figures.matters import AT_STEP, OVERDUE
from consultation.models import Issue
from demo import synthetic

type Found = dict[str, int]

_MOST_QUERIES = 12
_OF_ONE = """
    SELECT step, count(*), count(*) FILTER (WHERE due_on < {today} AND NOT EXISTS (
        SELECT 1 FROM {schema}.consultation_hold AS hold WHERE hold.issue_id = issue.id AND hold.ended_at IS NULL
    )) FROM {schema}.consultation_issue AS issue WHERE step <> 'closed' GROUP BY step
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=1000)
    parser.add_argument("--issues", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)


def measure(options: argparse.Namespace) -> Figures:
    """Milliseconds of public rows (ours) and of the loop (against); of the union and of the whole page besides."""
    synthetic.make(
        compounds=options.compounds,
        issues=options.issues,
        households=0,
        today=timezone.localdate(),
        tell=lambda _done: None,
    )
    schemas = list(Compound.objects.ready().values_list("schema_name", flat=True))
    print(f"  counting once: {seconds(lambda: [recount(name) for name in schemas]):.1f} s", flush=True)
    sides = {"ours": _ours, "loop": lambda: _loop(schemas), "union": lambda: _union(schemas)}
    if not _ours() == _loop(schemas) == _union(schemas):
        raise RuntimeError("the three do not answer the same")
    taken = taking_turns(options.rounds, **sides)
    page, queries = _page(options.rounds)
    return Figures(
        "overview",
        ours=1000 * taken["ours"],
        against=1000 * taken["loop"],
        unit="ms",
        more={
            "union_ms": 1000 * taken["union"],
            "union_times_ours": taken["union"] / taken["ours"],
            "page_ms": 1000 * page,
            "page_queries": queries,
            "compounds": options.compounds,
        },
    )


def _ours() -> Found:
    figures = [*AT_STEP.values(), OVERDUE]
    pks = list(Compound.objects.ready().values_list("pk", flat=True))
    _count, values = counted.together(figures, pks, by=timezone.localdate())
    found = {figure.key: int(value.part) for figure in figures if (value := values[figure.key])}
    return {key: number for key, number in found.items() if number}


def _loop(schemas: list[str]) -> Found:
    """A compound after the other, each asked through Django."""
    today, found = timezone.localdate(), Counter[str]()
    late = Q(due_on__lt=today, on_hold=False)
    for schema_name in schemas:
        with compound_context(schema_name):
            rows = Issue.objects.open().with_hold().order_by().values("step")
            for row in rows.annotate(n=Count("pk"), late=Count("pk", filter=late)):
                found[f"open_{row['step']}"] += row["n"]
                found[OVERDUE.key] += row["late"]
    return {key: number for key, number in found.items() if number}


def _union(schemas: list[str]) -> Found:
    """One query that names every schema."""
    today = sql.Literal(timezone.localdate())
    parts = [sql.SQL(_OF_ONE).format(schema=sql.Identifier(name), today=today) for name in schemas]
    found = Counter[str]()
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts))
        for step, open_matters, late in cursor.fetchall():
            found[f"open_{step}"] += open_matters
            found[OVERDUE.key] += late
    return {key: number for key, number in found.items() if number}


def _page(rounds: int) -> tuple[float, int]:
    """Seconds and queries of the whole page."""
    boss = User.objects.create_superuser("overview", password=None, display_name="总")
    client = Client()
    client.force_login(boss)
    client.get("/admin/")
    taken = taking_turns(rounds, page=lambda: client.get("/admin/"))["page"]
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/admin/")
    if answer.status_code != 200 or len(queries) > _MOST_QUERIES:
        raise RuntimeError(f"the page answered {answer.status_code} with {len(queries)} queries")
    return taken, len(queries)

"""Opening a compound, beside few and beside many: ours, the library's saving with migrations, and its clone_schema."""

import argparse
from itertools import count

from django.db import connection
from django.utils import timezone
from django_tenants.clone import CloneSchema
from django_tenants.models import TenantMixin

from benchmarks.measuring import Figures, taking_turns
from compounds.registry.models import Community, Compound
from compounds.registry.opening import open_compound
from demo import synthetic

FEW = 20
# What is quick is measured so many times as often: the quicker, the noisier.
QUICK = 5
_numbers = count(1)


class LibraryCompound(Compound):
    """The same tenant, as the library opens it: saving it runs every migration."""

    auto_create_schema = True

    class Meta:
        proxy = True
        app_label = "registry"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compounds", type=int, default=1000, help=f"how many are there the second time, after {FEW}")
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> Figures:
    """All three in turn, at both sizes. ``clone_schema`` only clones; the row and its state are not counted."""
    few = _beside(FEW, options.rounds)
    many = _beside(options.compounds, options.rounds)
    more = {f"{side}_at_{FEW}_ms": few[side] for side in few}
    more |= {f"{side}_at_{options.compounds}_ms": many[side] for side in many}
    more |= {
        f"migrations_at_{FEW}_times_ours": few["migrations"] / few["ours"],
        f"clone_schema_at_{FEW}_times_ours": few["clone_schema"] / few["ours"],
        f"clone_schema_at_{options.compounds}_times_ours": many["clone_schema"] / many["ours"],
        f"ours_at_{options.compounds}_times_ours_at_{FEW}": many["ours"] / few["ours"],
    }
    return Figures("open", ours=many["ours"], against=many["migrations"], unit="ms", more=more)


def _fresh_connection() -> None:
    """What one side leaves in a connection (the plans of clone_schema, above all) would slow the other side down."""
    connection.close()
    connection.ensure_connection()


def _plan_as_postgresql_does() -> None:
    """Undo what ``config.settings`` asks of the planner for our lists: clone_schema's questions take longer with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(name, boot_val, false) FROM pg_settings WHERE name = 'join_collapse_limit'")


def _know_the_catalogs() -> None:
    """What autovacuum has done wherever schemas are not minutes old: clone_schema looks for everything there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('%I', relname), ', ') FROM pg_class"
            " WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'"
        )
        cursor.execute(f"ANALYZE {cursor.fetchone()[0]}")


def _beside(compounds: int, rounds: int) -> dict[str, float]:
    """Milliseconds, with so many compounds there."""
    missing = max(0, compounds - Compound.objects.count())
    synthetic.make(compounds=missing, issues=0, households=0, today=timezone.localdate(), tell=lambda _done: None)
    _know_the_catalogs()
    community = Community.objects.filter(district__name=synthetic.DISTRICT).earliest("pk")
    print(f"beside {compounds} compounds:", flush=True)

    def ours() -> None:
        number = next(_numbers)
        open_compound(slug=f"ours-{number}", name=f"合成小区 {number}", community=community)

    def migrations() -> None:
        _plan_as_postgresql_does()
        name = f"m{next(_numbers)}"
        TenantMixin.save(LibraryCompound(slug=name, schema_name=name, name=name, community=community), verbosity=0)

    def clone_schema() -> None:
        _plan_as_postgresql_does()
        CloneSchema().clone_schema("c_synthetic_0001", f"clone_{next(_numbers)}", "DATA")

    slow = taking_turns(rounds, between=_fresh_connection, migrations=migrations)
    quick = taking_turns(rounds * QUICK, between=_fresh_connection, ours=ours, clone_schema=clone_schema)
    taken = slow | quick
    return {side: seconds * 1000 for side, seconds in taken.items()}

"""Opening a compound: ours against the library's saving of a tenant with migrations."""

import argparse
from itertools import count

from django_tenants.models import TenantMixin

from benchmarks.measuring import Figures, taking_turns
from compounds.registry.models import Community, Compound, District
from compounds.registry.opening import open_compound

_numbers = count(1)


class LibraryCompound(Compound):
    """The same tenant, as the library opens it: saving it runs every migration."""

    auto_create_schema = True

    class Meta:
        proxy = True
        app_label = "registry"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> Figures:
    """Both in turn, in the same database."""
    district = District.objects.create(name="合成区")
    community = Community.objects.create(district=district, name="合成社区")

    def ours() -> None:
        number = next(_numbers)
        open_compound(slug=f"ours-{number}", name=f"合成小区 {number:04d}", community=community)

    def library() -> None:
        slug = f"library-{next(_numbers)}"
        compound = LibraryCompound(slug=slug, schema_name=slug, name="合成小区", community=community)
        TenantMixin.save(compound, verbosity=0)

    ours()  # the first of a migration state pays for its recording
    taken = taking_turns(options.rounds, ours=ours, library=library)
    return Figures("open", ours=taken["ours"] * 1000, against=taken["library"] * 1000, unit="ms")

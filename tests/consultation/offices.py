"""The offices above a compound, and their pages about it."""

from compounds.registry.models import Compound
from compounds.registry.office import Office, OfficeLevel

DISTRICT = Office(OfficeLevel.DISTRICT, "测试区 · 周敏")
STREET = Office(OfficeLevel.STREET, "测试街道 · 何晴")
COMMUNITY = Office(OfficeLevel.COMMUNITY, "测试社区 · 陈欣")


def above_north(route: str) -> str:
    """The address of a page about ``north`` in the district's admin."""
    return f"/admin/registry/compound/{Compound.objects.get(slug='north').pk}/{route}"

"""The district of the demo: its communities, and the two people at the district's desk."""

from dataclasses import dataclass

from compounds.registry.models import Community, District, Staff, StaffLevel
from demo.accounts import open_accounts
from demo.plans import DISTRICT, PLANS


@dataclass(frozen=True)
class StaffPlan:
    name: str
    level: StaffLevel


# Invented, like everybody but the two people the newspaper names.
STAFF = (StaffPlan("周敏", StaffLevel.ADMINISTER), StaffPlan("何晴", StaffLevel.READ))


def found() -> District:
    """The district with its communities and staff; what is there already stays as it is."""
    district, _ = District.objects.get_or_create(name=DISTRICT)
    for plan in PLANS:
        Community.objects.get_or_create(district=district, name=plan.community)
    if not Staff.objects.filter(district=district).exists():
        accounts = open_accounts([member.name for member in STAFF], staff=True)
        Staff.objects.bulk_create(
            Staff(user=account, district=district, level=member.level)
            for account, member in zip(accounts, STAFF, strict=True)
        )
    return district

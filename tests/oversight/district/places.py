"""Compounds as public rows: enough for the pages of the district, which enter none of them."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from compounds.accounts.models import User
from compounds.oversight import alarms
from compounds.oversight.figures import Value, stored
from compounds.oversight.models import CompoundFigures, OpenItem
from compounds.registry.models import Community, Compound, District, Street
from tests.registry.scopes import signed_in, staff

USUAL = {
    "households": Value(900),
    "open": Value(10),
    "overdue": Value(1),
    "overdue_percent": Value(1, 20),
    "unowned": Value(0),
    "inside": Value(19, 20),
    "reported_late": Value(0),
    "promises_kept_percent": Value(9, 10),
    "satisfaction": Value(45, 10),
    "in_touch": Value(600, 900),
    "days_visit": Value(2.0, 6),
}


@dataclass
class Places:
    inside: Community
    beside: Community
    elsewhere: Community
    compounds: dict[str, Compound]


def community(district, name, street=None):
    here, _ = District.objects.get_or_create(name=district)
    above = Street.objects.get_or_create(district=here, name=street)[0] if street else None
    return Community.objects.create(district=here, street=above, name=name)


def compounds(where, count, *, stem="many", state="ready"):
    return Compound.objects.bulk_create(
        Compound(
            slug=f"{stem}-{n}" if count > 1 else stem,
            schema_name=f"c_{stem}_{n}",
            name=f"{stem}小区{n}" if count > 1 else f"{stem}小区",
            community=where,
            state=state,
        )
        for n in range(count)
    )


def counted(*rows, day=None, errors=None, **values):
    """Figures of compounds on a day (today), the usual ones but for those given; state and rank follow from them."""
    found = USUAL | values
    verdict = alarms.judge(found)
    return CompoundFigures.objects.bulk_create(
        CompoundFigures(
            compound=compound,
            day=day or timezone.localdate(),
            values=stored({key: value for key, value in found.items() if value is not None}),
            errors=errors or {},
            state=verdict.state,
            alarms=verdict.alarms,
            rank=verdict.rank,
            computed_at=timezone.now(),
        )
        for compound in rows
    )


def overdue(compound, count=1, *, days=3, **more):
    today = timezone.localdate()
    facts = {
        "title": "电梯夜里异响",
        "category": "电梯设备",
        "category_en": "Lifts",
        "step": "handle",
        "party": "property_company",
        "opened_on": today - timedelta(days=30),
        "due_on": today - timedelta(days=days),
    } | more
    first = OpenItem.objects.filter(compound=compound).count()
    return OpenItem.objects.bulk_create(
        OpenItem(compound=compound, number=f"2026-{first + n:04}", **facts) for n in range(count)
    )


def reader(**scope):
    return signed_in(staff(f"reader{User.objects.count()}", "read", **scope))


def administrator(**scope):
    return signed_in(staff(f"admin{User.objects.count()}", "administer", **scope))

"""What every compound begins with: the categories of matters, weights and limits.

Data, so names are in both languages.
"""

from compounds.registry.models import Compound
from consultation.models import Category, ConsultationSettings, Openness

# name, English name, openness, numbers to call first, item of Civil Code article 278, must be reported
_CATEGORIES: list[tuple[str, str, Openness, str, int | None, bool]] = [
    ("电梯设备", "Lifts", Openness.PUBLIC, "", None, False),
    ("渗水漏水", "Leaks and seepage", Openness.PUBLIC, "", None, False),
    ("水电公共设施", "Water, power, shared facilities", Openness.PUBLIC, "", None, False),
    ("门禁围栏", "Gates and fences", Openness.PUBLIC, "", None, False),
    ("车辆停放充电", "Parking and charging", Openness.PUBLIC, "", None, False),
    ("公共空间占用", "Shared space occupied", Openness.PUBLIC, "", None, False),
    ("绿化环境", "Greenery and surroundings", Openness.PUBLIC, "", None, False),
    ("清洁卫生", "Cleanliness", Openness.PUBLIC, "", None, False),
    ("噪声扰民", "Noise", Openness.PUBLIC, "", None, False),
    ("物业服务", "Property services", Openness.PUBLIC, "", None, False),
    ("产权证办理", "Property certificates", Openness.PUBLIC, "", None, False),
    ("困难帮扶", "Help in hardship", Openness.MEMBERS, "", None, False),
    ("邻里纠纷", "Disputes between neighbours", Openness.CONFIDENTIAL, "", None, False),
    ("家庭暴力、未成年人", "Violence at home, minors", Openness.CONFIDENTIAL, "110", None, True),
    ("火灾隐患、火情", "Fire", Openness.PUBLIC, "119", None, True),
    ("燃气泄漏", "Gas leak", Openness.PUBLIC, "119", None, True),
    ("电梯困人", "People trapped in a lift", Openness.PUBLIC, "96333", None, True),
    ("使用维修资金", "Use of the maintenance fund", Openness.PUBLIC, "", 5, False),
    ("选聘、解聘物业公司", "Hiring or dismissing the property company", Openness.PUBLIC, "", 4, False),
    ("改变共有部分用途", "Changed use of common parts", Openness.PUBLIC, "", 8, False),
    ("其他", "Other", Openness.PUBLIC, "", None, False),
]


# Where a volunteer can be looked for.
_ASK_FOR_HELP = {"困难帮扶"}


def plant_categories(compound: Compound) -> None:
    """The district's default categories; each compound may change its own."""
    Category.objects.bulk_create(
        [
            Category(
                position=position,
                name=name,
                name_en=name_en,
                openness=openness,
                emergency_numbers=numbers,
                owners_vote_item=item,
                must_report=must_report,
                asks_for_help=name in _ASK_FOR_HELP,
            )
            for position, (name, name_en, openness, numbers, item, must_report) in enumerate(_CATEGORIES, start=1)
        ]
    )


def plant_settings(compound: Compound) -> None:
    """The district's default weights and limits; each compound may change its own."""
    ConsultationSettings.objects.get_or_create(pk=1)

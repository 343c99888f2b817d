"""What every compound begins with: the honours of the article. Data, so names are in both languages."""

from compounds.registry.models import Compound
from volunteers.models import HonourFor, HonourKind, SuggestBy

# name, English name, given to, suggested from, from how many on, put up first, words on the certificate
_KINDS: list[tuple[str, str, HonourFor, SuggestBy, int, bool, str]] = [
    (
        "党员模范户",
        "Model party-member household",
        HonourFor.HOUSEHOLD,
        SuggestBy.PARTY_HOURS,
        20,
        True,
        "你们一家亮身份、作表率，把邻居的事当成自己的事，被评为{year}年度“党员模范户”。特发此证，以资鼓励。",
    ),
    (
        "好邻居",
        "Good neighbour",
        HonourFor.PERSON,
        SuggestBy.HELP,
        3,
        True,
        "您热心助人，和睦邻里，被评为{year}年度“好邻居”。特发此证，以资鼓励。",
    ),
    (
        "优秀楼栋长",
        "Outstanding building steward",
        HonourFor.PERSON,
        SuggestBy.STEWARDSHIP,
        20,
        True,
        "您走门串户，有问必应，被评为{year}年度“优秀楼栋长”。特发此证，以资鼓励。",
    ),
    (
        "群众最满意议事员",
        "Most satisfying deliberator",
        HonourFor.PERSON,
        SuggestBy.SCORING,
        1,
        True,
        "您议事公道，说到做到，在{year}年度季度评定中获得邻居的最高评价，被评为“群众最满意议事员”。特发此证，以资鼓励。",
    ),
    (
        "志愿服务证书",
        "Certificate of voluntary service",
        HonourFor.PERSON,
        SuggestBy.HOURS,
        10,
        False,
        "感谢您在{year}年度为小区邻里奉献时间和爱心。特发此证，以资纪念。",
    ),
]


def plant_honour_kinds(compound: Compound) -> None:
    """The usual honours; each compound may change its own."""
    HonourKind.objects.bulk_create(
        [
            HonourKind(
                position=position,
                name=name,
                name_en=name_en,
                given_to=given_to,
                suggest_by=suggest_by,
                suggest_least=least,
                posted=posted,
                wording=wording,
            )
            for position, (name, name_en, given_to, suggest_by, least, posted, wording) in enumerate(_KINDS, start=1)
        ]
    )

"""Who can be made responsible in 西郡佳园. Companies are invented and say so."""

from consultation.models import BodyKind
from demo.stories.plans import BodyPlan

BRANCH = "西郡佳园小区党支部"
PROPERTY = "安和里物业服务有限公司（虚构）"
OWNERS = "西郡佳园业主委员会"
EARLIER_COMPANY = "前期物业服务公司（虚构）"
STREET = "街道办事处"
DEVELOPER = "晴川置业有限公司（开发商，虚构）"
LIFTS = "稳行电梯维保有限公司（虚构）"
REGISTRY = "不动产登记中心"
COMMUNITY = "湘湾社区居民委员会"

BODIES = (
    BodyPlan(BodyKind.BRANCH, BRANCH),
    BodyPlan(BodyKind.PROPERTY_COMPANY, PROPERTY),
    BodyPlan(BodyKind.PROPERTY_COMPANY, EARLIER_COMPANY),
    BodyPlan(BodyKind.OWNERS_COMMITTEE, OWNERS),
    BodyPlan(BodyKind.DEVELOPER, DEVELOPER),
    BodyPlan(BodyKind.LIFT_MAINTAINER, LIFTS),
    BodyPlan(BodyKind.UTILITY, "自来水公司"),
    BodyPlan(BodyKind.UTILITY, "供电公司"),
    BodyPlan(BodyKind.AUTHORITY, STREET),
    BodyPlan(BodyKind.AUTHORITY, REGISTRY),
    BodyPlan(BodyKind.OTHER, COMMUNITY),
)

# What the stories' tables call them.
NAMED = {
    "branch": BRANCH,
    "property": PROPERTY,
    "earlier": EARLIER_COMPANY,
    "owners": OWNERS,
    "developer": DEVELOPER,
    "lifts": LIFTS,
    "water": "自来水公司",
    "power": "供电公司",
    "street": STREET,
    "registry": REGISTRY,
    "community": COMMUNITY,
}

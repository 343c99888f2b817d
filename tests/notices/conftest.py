from tests.notices.groups import daytime, robots
from tests.notices.stage import stage

__all__ = ["daytime", "robots", "stage"]

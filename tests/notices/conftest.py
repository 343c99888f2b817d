from tests.notices.groups import robots
from tests.notices.stage import stage

__all__ = ["robots", "stage"]

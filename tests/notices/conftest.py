from tests.notices.stage import stage

__all__ = ["stage"]

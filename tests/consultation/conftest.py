from tests.organisation.district.conftest import above, admin

__all__ = ["above", "admin"]

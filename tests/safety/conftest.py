import pytest

from tests.architecture.arranging import arranged, scenery  # noqa: F401 - two fixtures


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """How slowly a password is hashed is not what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

import pytest


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """How slowly a password is hashed is not what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

from tests.architecture.arranging import arranged, scenery  # noqa: F401 - two fixtures

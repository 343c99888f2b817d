"""Addresses of the API inside a compound, below ``api/v1/``: activities."""

from volunteers.api import activities
from volunteers.api import posted as _posted  # noqa: F401 - registers what of honours is told

urlpatterns = activities.urlpatterns

"""Addresses of the volunteers' pages inside a compound; each web module lists its own."""

from volunteers import audit_names
from volunteers.web import (
    attendance,
    door,
    helping,
    hours,
    hours_totals,
    own_help,
    places,
    sign_up,
    teams,
    volunteers,
)

urlpatterns = [
    *teams.urlpatterns,
    *volunteers.urlpatterns,
    *own_help.urlpatterns,
    *helping.urlpatterns,
    *sign_up.urlpatterns,
    *places.urlpatterns,
    *attendance.urlpatterns,
    *door.urlpatterns,
    *hours.urlpatterns,
    *hours_totals.urlpatterns,
]

__all__ = ["audit_names", "urlpatterns"]

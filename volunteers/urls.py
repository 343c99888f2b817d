"""Addresses of the volunteers' pages inside a compound."""

from volunteers import audit_names
from volunteers.web import attendance, door, hours, hours_totals, places, sign_up

urlpatterns = [
    *sign_up.urlpatterns,
    *places.urlpatterns,
    *attendance.urlpatterns,
    *door.urlpatterns,
    *hours.urlpatterns,
    *hours_totals.urlpatterns,
]

__all__ = ["audit_names", "urlpatterns"]

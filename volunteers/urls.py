"""Addresses of the volunteers' pages inside a compound."""

from volunteers import audit_names
from volunteers.web import (
    activities,
    attendance,
    board_activities,
    calendars,
    door,
    hours,
    hours_totals,
    months,
    partners,
    places,
    programmes,
    sign_up,
    summing_up,
)

urlpatterns = [
    *months.urlpatterns,
    *activities.urlpatterns,
    *summing_up.urlpatterns,
    *board_activities.urlpatterns,
    *calendars.urlpatterns,
    *partners.urlpatterns,
    *programmes.urlpatterns,
    *sign_up.urlpatterns,
    *places.urlpatterns,
    *attendance.urlpatterns,
    *door.urlpatterns,
    *hours.urlpatterns,
    *hours_totals.urlpatterns,
]

__all__ = ["audit_names", "urlpatterns"]

"""Addresses of the volunteers' pages inside a compound; each web module lists its own."""

from volunteers import audit_names
from volunteers.web import (
    activities,
    attendance,
    board_activities,
    calendars,
    door,
    helping,
    hours,
    hours_totals,
    months,
    own_help,
    partners,
    places,
    programmes,
    sign_up,
    summing_up,
    teams,
    volunteers,
)

urlpatterns = [
    *months.urlpatterns,
    *activities.urlpatterns,
    *summing_up.urlpatterns,
    *board_activities.urlpatterns,
    *calendars.urlpatterns,
    *partners.urlpatterns,
    *programmes.urlpatterns,
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

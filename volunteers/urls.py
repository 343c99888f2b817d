"""Addresses of the volunteers' pages inside a compound."""

from volunteers import audit_names
from volunteers.web import activities, board_activities, calendars, months, partners, programmes, summing_up

urlpatterns = [
    *months.urlpatterns,
    *activities.urlpatterns,
    *summing_up.urlpatterns,
    *board_activities.urlpatterns,
    *calendars.urlpatterns,
    *partners.urlpatterns,
    *programmes.urlpatterns,
]

__all__ = ["audit_names", "urlpatterns"]

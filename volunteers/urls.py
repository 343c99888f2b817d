"""Addresses of the volunteers' pages inside a compound; each web module lists its own."""

from volunteers import audit_names
from volunteers.web import helping, own_help, teams, volunteers

urlpatterns = [
    *teams.urlpatterns,
    *volunteers.urlpatterns,
    *own_help.urlpatterns,
    *helping.urlpatterns,
]

__all__ = ["audit_names", "urlpatterns"]

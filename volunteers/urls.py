"""Addresses of the volunteers' pages inside a compound."""

from django.urls import URLPattern

from volunteers import audit_names
from volunteers.web import certificates, honour_kinds, honours, honours_board, honours_steps, rewards

urlpatterns: list[URLPattern] = [
    *honours.urlpatterns,
    *honours_steps.urlpatterns,
    *rewards.urlpatterns,
    *certificates.urlpatterns,
    *honours_board.urlpatterns,
    *honour_kinds.urlpatterns,
]

__all__ = ["audit_names", "urlpatterns"]

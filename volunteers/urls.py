"""Addresses of the volunteers' pages inside a compound."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

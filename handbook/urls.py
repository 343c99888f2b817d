"""Addresses of the help, the same inside a compound and outside of all."""

from django.urls import path

from handbook import web

urlpatterns = [
    path("", web.own_page, name="help"),
    path("words/", web.words, name="help_words"),
    path("<slug:slug>/", web.role_page, name="help_role"),
]

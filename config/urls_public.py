"""Addresses outside every compound."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from compounds.accounts import web as accounts
from compounds.registry import web as registry

urlpatterns = [
    path("", registry.pick_compound, name="home"),
    path("invite/<str:token>/", accounts.invitation, name="invitation"),
    path("accounts/", include("allauth.account.urls")),
    path("language/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
]

"""Addresses outside every compound."""

from allauth.account import views as allauth
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from compounds.accounts import web as accounts
from compounds.partners.token import Token
from compounds.registry import short_links
from compounds.registry import web as registry

# Of allauth's pages only those that make sense here: appointing invites, so nobody signs up, and a lost password is a
# new invitation. allauth asks for the other three by name; they lead to where that is explained.
_to_login = RedirectView.as_view(pattern_name="account_login")
account_urls = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", _to_login, name="account_signup"),
    path("password/set/", _to_login, name="account_set_password"),
    path("password/reset/", _to_login, name="account_reset_password"),
]

handler500 = "compounds.kernel.errors.crashed"
urlpatterns = [
    path("", registry.pick_compound, name="home"),
    path("q/<str:code>", short_links.follow, name="short_link"),
    path("invite/<str:token>/", accounts.invitation, name="invitation"),
    path("accounts/", include(account_urls)),
    path("language/", set_language, name="set_language"),
    path("help/", include("handbook.urls")),
    path("admin/", admin.site.urls),
    path("api/docs/", include("compounds.partners.pages")),
    path("api/v1/token/", Token.as_view(), name="token"),
    path("api/v1/", include("compounds.oversight.api.urls")),
]

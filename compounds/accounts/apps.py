from allauth.core.internal import ratelimit
from django.apps import AppConfig
from django.core.cache import caches
from django.utils.connection import ConnectionProxy
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "compounds.accounts"
    label = "accounts"
    verbose_name = _("Logins")

    def ready(self) -> None:
        # Attempts to sign in are counted per login and address, whichever compound one stands in; allauth has no
        # setting for the cache that it counts in.
        ratelimit.cache = ConnectionProxy(caches, "shared")

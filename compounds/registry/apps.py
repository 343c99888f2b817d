from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from compounds.registry.checks import database_is_fit


class RegistryConfig(AppConfig):
    name = "compounds.registry"
    label = "registry"
    verbose_name = _("District and compounds")

    def ready(self) -> None:
        register(database_is_fit, Tags.database)
        # Each app says there what it has to do when a compound comes from another installation.
        autodiscover_modules("arrival")

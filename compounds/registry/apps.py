from django.apps import AppConfig
from django.core.checks import Tags, register

from compounds.registry.checks import database_is_fit


class RegistryConfig(AppConfig):
    name = "compounds.registry"
    label = "registry"

    def ready(self) -> None:
        register(database_is_fit, Tags.database)

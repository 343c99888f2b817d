from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "compounds.registry"
    label = "registry"

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "compounds.kernel"
    label = "kernel"

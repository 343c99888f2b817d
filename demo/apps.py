from importlib import import_module

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"

    def ready(self) -> None:
        # What the demo wrote down is read in words by every process, not only by the one that loads it.
        import_module("demo.audit_names")

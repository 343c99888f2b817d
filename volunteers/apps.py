from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class VolunteersConfig(AppConfig):
    name = "volunteers"

    def ready(self) -> None:
        # Each app names there from which of its figures people are suggested for an honour.
        autodiscover_modules("honouring")

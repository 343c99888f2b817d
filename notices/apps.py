from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        # Each app names there of what its people are reminded; web, worker and commands alike must know the words.
        autodiscover_modules("reminding")
        # And there, what goes out of the house by itself.
        autodiscover_modules("outgoing")

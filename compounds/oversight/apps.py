from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "compounds.oversight"
    label = "oversight"
    verbose_name = _("Oversight")

    def ready(self) -> None:
        # Each app names what it counts in ``figures``, and what is open in ``open_items``.
        autodiscover_modules("figures", "open_items")

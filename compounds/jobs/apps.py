from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from compounds.jobs import connections


class JobsConfig(AppConfig):
    name = "compounds.jobs"
    label = "jobs"
    verbose_name = _("Background work")

    def ready(self) -> None:
        connections.watch_tasks()
        # Each app registers its kinds of work there; web, worker and commands alike must know them.
        autodiscover_modules("tasks")

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OrganisationConfig(AppConfig):
    name = "compounds.organisation"
    label = "organisation"

    def ready(self) -> None:
        # Each app names there what the page of the tree leads to.
        autodiscover_modules("neighbour_pages")
        # And there, what its actions are called for people.
        autodiscover_modules("action_words")

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "compounds.organisation"
    label = "organisation"

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "compounds.oversight"
    label = "oversight"

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "compounds.jobs"
    label = "jobs"

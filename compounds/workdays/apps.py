from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "compounds.workdays"
    label = "workdays"

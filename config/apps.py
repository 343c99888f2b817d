from django.apps import apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class DistrictAdminConfig(AdminConfig):
    """Django's admin, with the district's own index and pages."""

    default_site = "compounds.oversight.district.site.DistrictSite"

    def ready(self) -> None:
        super().ready()
        # allauth brings pages of its own along, for addresses that nobody here has.
        for model in apps.get_app_config("account").get_models():
            if admin.site.is_registered(model):
                admin.site.unregister(model)

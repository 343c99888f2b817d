from django.contrib.admin.apps import AdminConfig


class DistrictAdminConfig(AdminConfig):
    """Django's admin, with the district's own index and pages."""

    default_site = "compounds.oversight.district.site.DistrictSite"

from notices import audit_names, web
from notices.delivering.web import log, own, robots
from notices.publishing import web as publishing
from notices.reminding import web as reminding
from notices.upkeep import web as upkeep

urlpatterns = [
    *web.urlpatterns,
    *publishing.urlpatterns,
    *upkeep.urlpatterns,
    *reminding.urlpatterns,
    *robots.urlpatterns,
    *log.urlpatterns,
    *own.urlpatterns,
]

__all__ = ["audit_names", "urlpatterns"]

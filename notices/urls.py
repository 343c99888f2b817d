from notices import audit_names, web
from notices.upkeep import web as upkeep

urlpatterns = [*web.urlpatterns, *upkeep.urlpatterns]

__all__ = ["audit_names", "urlpatterns"]

"""Which compound? Straight to it when there is only one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from compounds.registry.models import Compound


@login_required
def pick_compound(request: HttpRequest) -> HttpResponse:
    compounds = list(
        Compound.objects.entered_by(request.user).select_related("community__district").order_by("community", "name")
    )
    if len(compounds) == 1 and not request.user.is_staff and "pick" not in request.GET:
        return redirect(compounds[0].url)
    return render(request, "registry/pick_compound.html", {"compounds": compounds})

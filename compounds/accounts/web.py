"""The first opening of an invitation. GET changes nothing, since chat programs fetch links before people do."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from compounds.accounts import invitations
from compounds.accounts.forms import InvitationForm


@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    try:
        found = invitations.find(token, now)
    except invitations.InvitationGone:
        return render(request, "accounts/invitation_gone.html", status=410)
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        user=found.user,
        initial={"username": invitations.propose_username(found.user)},
    )
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "accounts/invitation.html", {"invitation": found, "form": form}, status=status)
    try:
        user = invitations.accept(
            token, username=form.cleaned_data["username"], password=form.cleaned_data["password1"], now=now
        )
    except invitations.LoginNameTaken as error:
        form.add_error("username", error.message)
        return render(request, "accounts/invitation.html", {"invitation": found, "form": form}, status=422)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")

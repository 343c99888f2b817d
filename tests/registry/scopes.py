"""The cast of the admin's tests: two districts with what lies below, and staff who oversee some of it."""

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from compounds.accounts.models import User
from compounds.registry.models import Community, Compound, District, Staff, Street


@dataclass
class Scopes:
    """What there is to oversee, inside and outside of one district, street and community."""

    here: District
    there: District
    street: Street
    inside: Community
    beside: Community
    elsewhere: Community
    compounds: dict[Community, Compound]


def signed_in(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def staff(name, level, **scope):
    user = User.objects.create(username=name, display_name=name, is_staff=True)
    Staff.objects.create(user=user, level=level, **scope)
    return user


def listed(client, model):
    response = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
    assert response.status_code == 200
    return set(response.context["cl"].queryset)


def change(client, row, **data):
    meta = row._meta
    return client.post(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk]), data)

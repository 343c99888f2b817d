"""Keeping the categories of matters right. Each change is written down with what was there before."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation import audit
from compounds.organisation.models import Person
from compounds.oversight.outbox import touch
from consultation.models import Category


class CategoryTaken(DomainError):
    """Two categories cannot have the same name."""

    code = "category_taken"
    title = _("This category is there already")
    message = _("Another category, perhaps a retired one, has that name; nothing has been changed.")


@transaction.atomic
def add_category(*, by: Person, **values: Any) -> Category:
    """A new kind of matter. Raises CategoryTaken."""
    try:
        with transaction.atomic():
            category = Category.objects.create(**values)
    except IntegrityError as error:
        raise CategoryTaken from error
    audit.record("category.add", about=category.name, by=by)
    return category


@transaction.atomic
def change_category(category: Category, *, by: Person, **values: Any) -> Category:
    """Other values for new matters; those recorded keep their openness. Raises CategoryTaken."""
    category = Category.objects.select_for_update().get(pk=category.pk)
    before = {key: getattr(category, key) for key, value in values.items() if getattr(category, key) != value}
    if not before:
        return category
    after = {key: values[key] for key in before}
    for key, value in after.items():
        setattr(category, key, value)
    try:
        with transaction.atomic():
            category.save(update_fields=[*after, "updated_at"])
    except IntegrityError as error:
        raise CategoryTaken from error
    touch("categories")
    audit.record("category.change", about=category.name, by=by, before=before, after=after)
    return category

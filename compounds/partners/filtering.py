"""Filters of lists (django-filter), as strict as bodies: unknown, empty or of another type is refused, by name."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django_filters import filters
from django_filters.filterset import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from compounds.partners.shapes import QueryInvalid


class Filters(FilterSet):
    """The filters of one list; ``Meta.model`` says of what."""


class Documented(DjangoFilterBackend):
    """Stands on a view with ``filterset_class`` for its document; the view itself calls ``filtered``."""


class FilterParameters(DjangoFilterExtension):
    """Each filter of a view's ``filterset_class`` as a parameter."""

    target_class = Documented  # type: ignore[assignment] # a class, as the library allows
    priority = 1

    def get_schema_operation_parameters(self, auto_schema: Any, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        named: type[Filters] | None = getattr(auto_schema.view, "filterset_class", None)
        if named is None:
            return []
        found: list[dict[str, Any]] = []
        for name, one in named.base_filters.items():
            made = self.resolve_filter_field(auto_schema, named._meta.model, named, name, one)
            if said := one.extra.get("help_text"):
                made = [parameter | {"description": str(said)} for parameter in made]
            found += made
        return found


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": 2**31 - 1})
class KeyFilter(filters.Filter):
    """By a whole number from 1 on."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=2**31 - 1, **kwargs)


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[-a-zA-Z0-9_]+$"})
class SlugFilter(filters.CharFilter):
    field_class = forms.SlugField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=40, **kwargs)


@extend_schema_field({"type": "string", "format": "date"})
class DayFilter(filters.DateFilter):
    """A local day, as ISO 8601 writes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, input_formats=["%Y-%m-%d"], **kwargs)


def names_of(filterset: type[Filters] | None) -> set[str]:
    return set(filterset.base_filters) if filterset else set()


def filtered[M: Model](filterset: type[Filters] | None, request: Request, rows: QuerySet[M]) -> QuerySet[M]:
    """The rows that the query asks for. Raises QueryInvalid."""
    if filterset is None:
        return rows
    asked = filterset(request.query_params, queryset=rows, request=request)
    errors = {
        name: [ErrorDetail(str(text), code=one.code or "invalid") for one in found for text in one.messages]
        for name, found in asked.form.errors.as_data().items()
    }
    for name in names_of(filterset):
        if request.query_params.get(name) == "":
            blank = asked.form.fields[name].error_messages["required"]
            errors[name] = [ErrorDetail(str(blank), code="blank")]
    if errors:
        raise QueryInvalid(errors)
    found: QuerySet[M] = asked.qs
    return found

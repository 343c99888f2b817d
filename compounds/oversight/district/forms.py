"""What the filters of the district's lists take: anything else is said beside the field, and the rest still counts."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from compounds.oversight.district import shown
from compounds.oversight.district.pages import PageField
from compounds.oversight.district.scope import Places
from compounds.oversight.models import State
from compounds.oversight.register import words
from compounds.registry.models import CompoundState

_LONGEST_SEARCH = 60


def with_defaults(asked: QueryDict, **usual: list[str]) -> QueryDict:
    """What the address asks for, and the usual where it says nothing: so that the form shows what the page shows."""
    found = asked.copy()
    for name, values in usual.items():
        if not any(found.getlist(name)):
            found.setlist(name, values)
    return found


class FilterForm(forms.Form):
    """Search, street, community, page. ``sound`` is what was understood."""

    q = forms.CharField(label=_("Search"), max_length=_LONGEST_SEARCH, required=False, widget=forms.SearchInput)
    street = forms.ChoiceField(label=_("Street"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)
    page = PageField()

    def __init__(self, data: Any, places: Places) -> None:
        super().__init__(data, label_suffix="")
        self.fields["street"].choices = places.streets  # type: ignore[attr-defined]
        self.fields["community"].choices = places.grouped  # type: ignore[attr-defined]

    @property
    def sound(self) -> dict[str, Any]:
        """The values that were understood, by name; empty for the others."""
        valid = self.is_valid()
        return self.cleaned_data if valid else dict.fromkeys(self.fields, "") | self.cleaned_data

    @property
    def chosen(self) -> bool:
        """Whether anything narrows the list."""
        return any(value for name, value in self.sound.items() if name not in {"page", "order", "figure"})


def _figures() -> list[tuple[Any, Any]]:
    return [(family.name, [(f.key, f.name) for f in family.figures]) for family in shown.families()]


def _stages() -> list[tuple[Any, Any]]:
    """Ready ones unless told otherwise."""
    others = [choice for choice in CompoundState.choices if choice[0] != CompoundState.READY]
    return [("", CompoundState.READY.label), *others]


class CompoundsForm(FilterForm):
    """The list of compounds: one figure is shown, and may be sorted by."""

    state = forms.ChoiceField(label=_("Stage"), choices=_stages, required=False)
    alarm = forms.ChoiceField(
        label=_("Condition"),
        choices=[
            ("", _("any")),
            *((str(value), label) for value, label in State.choices),
            ("none", _("not counted yet")),
        ],
        required=False,
    )
    figure = forms.ChoiceField(label=_("Figure"), choices=_figures, required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("what needs attention first")),
            ("worst", _("by the figure, worst or most first")),
            ("best", _("by the figure, best or fewest first")),
            ("name", _("by name")),
        ],
        required=False,
    )
    field_order = ["q", "street", "community", "state", "alarm", "figure", "order"]


class OverdueForm(FilterForm):
    """Overdue matters of all compounds."""

    category = forms.ChoiceField(label=_("Category"), required=False)
    step = forms.ChoiceField(label=_("Step"), required=False)
    party = forms.ChoiceField(label=_("With whom"), required=False)
    escalated = forms.ChoiceField(label=_("Taken up to"), required=False)
    late = forms.IntegerField(label=_("Days late, at least"), min_value=1, max_value=9999, required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("longest overdue first")),
            ("-due_on", _("latest overdue first")),
            ("compound", _("by compound")),
            ("category", _("by category")),
            ("party", _("by whom it is with")),
            ("step", _("by step")),
            ("escalated", _("taken up farthest first")),
        ],
        required=False,
    )
    field_order = ["q", "street", "community", "category", "step", "party", "escalated", "late", "order"]

    def __init__(self, data: Any, places: Places, categories: list[tuple[str, str]]) -> None:
        super().__init__(data, places)
        said = words()
        for name, all_of_them, choices in (
            ("category", _("all categories"), categories),
            ("step", _("all steps"), list(said.steps.items())),
            ("party", _("everybody"), list(said.parties.items())),
            ("escalated", _("any level, or none"), list(said.levels.items())),
        ):
            self.fields[name].choices = [("", all_of_them), *choices]  # type: ignore[attr-defined]


class ComparisonForm(FilterForm):
    """Figures of one family in some quarters."""

    family = forms.ChoiceField(
        label=_("Kind of figures"), choices=lambda: [(f.key, f.name) for f in shown.families()], required=False
    )
    quarter = forms.MultipleChoiceField(label=_("Quarters"), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ["family", "street", "community", "quarter"]
    q = None  # type: ignore[assignment]

    def __init__(self, data: Any, places: Places, quarters: list[tuple[str, str]]) -> None:
        super().__init__(data, places)
        self.fields["quarter"].choices = quarters  # type: ignore[attr-defined]

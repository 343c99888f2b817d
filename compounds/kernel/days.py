"""How a form asks for a day."""

from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar, with days that a thumb can hit; it speaks ISO whatever the page's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

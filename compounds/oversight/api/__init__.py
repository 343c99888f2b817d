"""The district's API: compounds, their figures, the overdue register, for partners and for staff."""

"""What the district reads at /admin/: the overview, the list of compounds, one compound, what is overdue, comparisons.

Everything comes from public rows that the recounts left there; no page enters a compound.
"""

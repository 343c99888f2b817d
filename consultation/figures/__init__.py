"""What the five steps count: each figure has one definition, registered for the district and shown on the own page.

One module for each subject; ``of_year`` puts together what a compound sees of one year, by the same functions.
"""

from consultation.figures import care, matters, meetings, promises, ratings, scoring, stays, visits

__all__ = ["care", "matters", "meetings", "promises", "ratings", "scoring", "stays", "visits"]

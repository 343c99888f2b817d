"""Notices and what was put up, for partner systems and for members."""

"""Notices: written by those who serve here, approved and published by the branch, read by those they are meant for."""

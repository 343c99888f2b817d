"""Webhooks by the Standard Webhooks specification: signed, tried again for a day, never into our own network."""

"""What may happen to a matter; one file a step, and ``flow`` below them all."""

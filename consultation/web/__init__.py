"""The pages of the five steps; one file a step."""

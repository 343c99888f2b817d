"""The shape of what people type; one file a step."""

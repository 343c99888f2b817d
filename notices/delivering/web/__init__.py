"""The pages: robots of groups among the settings, the log of what was sent, and by what somebody wants to be told."""

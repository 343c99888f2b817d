"""The five steps for partner systems, one file a step; each calls the services that the pages call."""

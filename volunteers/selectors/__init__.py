"""What pages show of volunteers' work, read in a constant number of queries."""

"""People, sign-in, roles, and who may see whom."""

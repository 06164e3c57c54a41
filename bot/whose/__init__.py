"""Whose document a question is about: issuers by name, places without documents, the sole speaker of a matter."""

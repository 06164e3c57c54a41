"""A table as rows, columns and units, and which cell a question asks for."""

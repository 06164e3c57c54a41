"""A conversation as every platform has it: what is said, what is replied. Knows no platform."""

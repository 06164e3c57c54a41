"""The commands of `hoi` that answer; each imports what is heavy after its options are read: help answers at once."""

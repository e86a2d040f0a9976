"""A charset by its name, ready to convert: which codec, in one go and in pieces."""

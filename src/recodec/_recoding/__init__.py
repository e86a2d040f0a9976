"""The calls that convert: bytes to text, text to bytes, bytes to bytes, by a name or as found."""

"""Which encoding are these bytes in? The calls, their options, and their answers."""

"""The binding: the only package that touches the compiled core.

Everything above speaks of names and Python values, everything below of ids and C structs.
"""

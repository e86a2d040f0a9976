"""Conversion with a codec and the core: native kernels, and policies for what does not convert.

What the codecs are made of, so that it knows none of them: it is handed the one to work with.
"""

"""The interfaces of other detectors over recodec's detection, for code that cannot change yet.

`recodec.compat.chardet` and `recodec.compat.charset_normalizer` take the place of the packages of
those names. They answer in those packages' shapes; the answers are recodec's.
"""

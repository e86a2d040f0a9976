"""What is known of charsets and languages: names, aliases, families, alphabets, hints.

The tables are generated from native/gen/charsets.toml and languages.toml.
"""

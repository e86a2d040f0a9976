"""Writes native/tables/rcd_conversion.c: all conversion tables as one blob, and its directory.

conversion_source.py reads the data, conversion_references.toml says which tables each one is told
by, conversion_pack.py and range_coder.py write. Which references serve best was searched for (for
each table, those that leave the fewest mappings unexplained, with a price on long chains); any
choice gives the same tables, only the size of the blob differs.
"""

from __future__ import annotations

import conversion_pack as pack
import conversion_source as source
from c_texts import texts
from emit_c import numbers
from generated import Target, c_banner, read_toml
from range_coder import Contexts

REFERENCES = "native/gen/conversion_references.toml"
NONE = 65535


def references(names: list[str]) -> dict[str, list[str]]:
    """The references of each table; a table that the file does not name has none."""
    given = read_toml(REFERENCES)["references"]
    stray = sorted({*given, *(one for many in given.values() for one in many)} - set(names))
    if stray:
        raise ValueError(f"{REFERENCES} names tables that are not there: {stray}")
    return {name: given.get(name, []) for name in names}


def build() -> str:
    tables = source.tables()
    names = list(tables)
    told_by = references(names)
    pool = pack.Pool.of(tables)
    plain = {name: pack.Plain(table, pool) for name, table in tables.items()}
    packed: list[bytes] = []
    priors = None
    for _ in range(2):  # the first round teaches the contexts where to start
        contexts = Contexts(pack.LAYOUT.size, priors)
        packed = []
        for name in names:
            contexts.reset()
            told = [plain[one] for one in told_by[name]]
            packed.append(pack.Writer(contexts, plain[name], told).write())
        if priors is None:
            priors = contexts.taught()
    assert priors is not None
    out = [c_banner("gen_conversion.py", FILES), '#include "rcd_table.h"\n\n']
    written, places = texts(names)
    out.append(f"const char rcd_table_names[] = {{\n{written}}};\n\n")
    out.append("const rcd_table_entry rcd_table_directory[] = {\n")
    offset = 0
    for name, data, place in zip(names, packed, places, strict=True):
        one = plain[name]
        told = [names.index(other) for other in told_by[name]]
        told += [NONE] * (pack.REFERENCES - len(told))
        out.append(
            f"    {{{place}, {offset}, {len(one.decode)}, {len(one.encode)}, "
            f"{{{', '.join(map(str, told))}}}}},\n"
        )
        offset += len(data)
    out.append(f"    {{0, {offset}, 0, 0, {{0, 0, 0}}}},\n}};\n")
    out.append(f"const uint32_t rcd_table_directory_len = {len(names)};\n\n")
    out.append("const rcd_table_layout rcd_table_contexts = {\n")
    pairs = (pack.OPERATION, pack.LENGTH, pack.SPELT_GAP, pack.DELTA, pack.FLAG)
    fields = [str(pack.HEADER), str(pack.SET)]
    fields += [f"{{{one[0]}, {one[1]}}}" for one in pairs]
    out.append(f"    {', '.join([*fields, str(pack.LAYOUT.size)])}}};\n\n")
    starts = [0]
    for text in pool.sequences:
        starts.append(starts[-1] + len(text))
    flat = [point for text in pool.sequences for point in text]
    out.append(f"const uint32_t rcd_table_sequence_count = {len(pool.sequences)};\n")
    out.append(f"const uint16_t rcd_table_sequence_at[] = {{\n{numbers(starts)}\n}};\n")
    out.append(f"const uint32_t rcd_table_sequences[] = {{\n{numbers(flat)}\n}};\n\n")
    out.append(f"const uint8_t rcd_table_priors[] = {{\n{numbers(list(priors))}\n}};\n\n")
    out.append(f"const uint8_t rcd_table_blob[] = {{\n{numbers(list(b''.join(packed)))}\n}};\n")
    return "".join(out)


FILES = (REFERENCES, *source.sources())

TARGETS = [Target("native/tables/rcd_conversion.c", build, FILES)]

"""Are the generated files those that their generators write today?

    python native/gen/check.py            compare, byte for byte; exit code 1 when one differs
    python native/gen/check.py --write    renew them in place
    python native/gen/check.py NAME ...   only targets whose path contains one of the names

Targets that need the shared folder (`../shared` beside the clone, or $RECODEC_SHARED) are passed
over with a message where it is missing.
"""

from __future__ import annotations

import argparse
import sys

from generated import ROOT, Target, load, shared_root


def why_not(target: Target) -> str:
    """The reason that a target cannot be made here; empty when it can."""
    if target.needs_shared and not shared_root().is_dir():
        return f"needs {shared_root()}, which is not there"
    return ""


def fresh(target: Target) -> bytes:
    """What the generator writes today."""
    return target.build().encode("utf-8")


def difference(target: Target, expected: bytes) -> str:
    """How the committed file differs from `expected`; empty when it does not."""
    if not target.path.exists():
        return "is not there"
    committed = target.path.read_bytes()
    if committed == expected:
        return ""
    at = next(
        (i for i, (old, new) in enumerate(zip(committed, expected, strict=False)) if old != new),
        min(len(committed), len(expected)),
    )
    return f"differs from line {expected.count(10, 0, at) + 1} on"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="renew the files in place")
    parser.add_argument("names", nargs="*", help="only paths that contain one of these")
    options = parser.parse_args(arguments)
    targets, absent = load()
    for line in absent:
        print(f"skipped  {line}")
    stale = False
    for target in targets:
        path = target.path.relative_to(ROOT).as_posix()
        if options.names and not any(name in path for name in options.names):
            continue
        reason = why_not(target)
        if reason:
            print(f"skipped  {path}: {reason}")
            continue
        expected = fresh(target)
        finding = difference(target, expected)
        if finding and options.write:
            target.path.parent.mkdir(parents=True, exist_ok=True)
            target.path.write_bytes(expected)
            finding = "renewed"
        stale = stale or bool(finding and not options.write)
        print(f"{path}: {finding or 'current'}")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m recodec` is the `recodec` command."""

from .cli import program

if __name__ == "__main__":
    program()

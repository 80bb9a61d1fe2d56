"""`lentigo`: the command of the training side."""

from __future__ import annotations

import ctypes
import sys

from lentigo.cli.arguments import command_parser

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4  # parameters of mallopt(3)


def main(arguments: list[str] | None = None) -> int:
    """Runs a subcommand. Gives its exit status: 2, with a message, for an error that the caller can mend."""
    options = command_parser(__doc__).parse_args(arguments)
    _reuse_memory()
    try:
        status: int = options.action(options)
        return status
    except (FileExistsError, FileNotFoundError, ValueError) as error:
        print(f"lentigo: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("lentigo: stopped; the same command resumes", file=sys.stderr)
        return 130


def _reuse_memory() -> None:
    """Makes glibc reuse the memory of freed tensors. Does nothing with another C library.

    Asking the kernel for every large tensor is slow, above all on a virtual machine.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_MMAP_MAX, 0)
        libc.mallopt(_TRIM_THRESHOLD, 2**31 - 1)

"""The command line: which commands there are, and how a run of one ends.

Exit codes: 0 done, 1 problems in the content, 2 wrong use or configuration, 3 not finished (the disk, the memory, or a
defect of this program), 130 interrupted.
"""

from __future__ import annotations

import importlib
import itertools
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from builder.problems import BuilderError, Language, Wording

NAMES = ("build", "serve", "check", "changes", "verify", "schema", "convert", "explain", "correct", "search", "names")


class _Commands(click.Group):
    """Loads the command that is called and no other: ``check`` of one file should not wait for MkDocs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # the library's signature
        """Every command, in the order of use."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the library's signature
        """A command by its name, from the module of that name."""
        if cmd_name not in NAMES:
            return None
        command: click.Command = getattr(importlib.import_module(f"builder.commands.entries.{cmd_name}"), cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="archive-builder", prog_name="builder", message="%(prog)s")
def commands() -> None:
    """把 seeds/ 里的原始文件变成可搜索的档案网站。"""


def _language(arguments: Sequence[str]) -> Language:
    """The language asked for, or the archive's; an error may stop a command before its options have been read."""
    asked = [*itertools.pairwise(arguments), *(argument.partition("=")[::2] for argument in arguments)]
    if ("--language", "zh") in asked or ("--language", "en") in asked:
        return "en" if ("--language", "en") in asked else "zh"
    from builder.commands.console import language_here  # noqa: PLC0415  # only what stops a command asks for it

    return language_here()


def main() -> NoReturn:
    """Run the command line and leave with its exit code, at once: taking ten thousand articles apart takes a while."""
    code = _run()
    with suppress(OSError):  # whoever was reading may have gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _run() -> int:
    from builder.commands.console import say  # noqa: PLC0415  # likewise

    try:
        return commands.main(standalone_mode=False) or 0
    except BuilderError as error:
        say(error.message(_language(sys.argv)))
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except OSError as error:
        values = {"path": str(error.filename or "?"), "reason": error.strerror or str(error)}
        say(Wording("machine-refuses", values).message(_language(sys.argv)))
        return UNFINISHED
    except Exception:  # noqa: BLE001  # a defect of ours must not look like one of the content
        say(traceback.format_exc())
        say(Wording("defect").message(_language(sys.argv)))
        return UNFINISHED


UNFINISHED = 3


if __name__ == "__main__":
    main()

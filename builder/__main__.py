"""The command line: which commands there are, and how a run of one ends.

Exit codes: 0 done, 1 problems in the content, 2 wrong use, wrong configuration or a disk that refuses, 70 a defect of
this program (``EX_SOFTWARE`` of sysexits.h), 130 interrupted.
"""

from __future__ import annotations

import importlib
import itertools
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from builder.problems import BuilderError, Language, resolve, wordings

NAMES = (
    "init", "build", "serve", "check", "changes", "verify", "schema", "convert", "explain", "correct", "fetch-images",
    "search", "names", "upgrade", "doctor",
)  # fmt: skip


_HELP = frozenset({"-h", "--help"})


def _explain(command: click.Command, name: str) -> None:
    """Give a command and its options their words, in the language spoken here; only help shows them."""
    said = wordings(_language(sys.argv))["help"][name]
    command.help = said["about"]
    for option in command.params:
        if isinstance(option, click.Option):
            option.help = said.get(option.name, option.help)


class _Commands(click.Group):
    """Loads the command that is called and no other: ``check`` of one file should not wait for MkDocs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # the library's signature
        """Every command, in the order of use."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the library's signature
        """A command by its name, from the module of that name."""
        if cmd_name not in NAMES:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(importlib.import_module(f"builder.commands.{name}"), name)
        if _HELP.intersection(sys.argv) or len(sys.argv) == 1:
            _explain(command, cmd_name)
        return command


def _say_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001  # as click calls it
    """Print the version, and end."""
    if asked and not context.resilient_parsing:
        from builder.commands.console import echo  # noqa: PLC0415  # no other run needs them
        from builder.commands.version import version  # noqa: PLC0415  # likewise

        echo(f"builder {version()}")
        context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version)
@click.option("--traceback", is_flag=True, expose_value=False)
def commands() -> None:
    """Makes a site that can be searched of the raw files in seeds/."""


def _language(arguments: Sequence[str]) -> Language:
    """The language asked for, or the archive's; an error may stop a command before its options have been read."""
    asked = [*itertools.pairwise(arguments), *(argument.partition("=")[::2] for argument in arguments)]
    for name, value in asked:
        if name == "--language":
            with suppress(BuilderError):
                return resolve(value)
    from builder.commands.console import language_here  # noqa: PLC0415  # only what stops a command asks for it

    return language_here()


def main() -> NoReturn:
    """Run the command line and leave with its exit code, at once: taking ten thousand articles apart takes a while."""
    code = _run()
    if spawning := sys.modules.get("builder.parallel.spawning"):
        spawning.release()
    with suppress(OSError):  # whoever was reading may have gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _run() -> int:
    arguments = [argument for argument in sys.argv[1:] if argument != "--traceback"]
    try:
        if _HELP.intersection(sys.argv) or len(sys.argv) == 1:
            _explain(commands, "builder")
        return commands.main(arguments, prog_name="builder", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:  # whoever was reading has read enough
        return 0
    except Exception as error:  # noqa: BLE001  # the last gate: whatever it is, it is said in one sentence
        from builder.commands.console import say  # noqa: PLC0415  # likewise
        from builder.commands.failing import explained  # noqa: PLC0415  # where nothing fails neither is needed

        code, said = explained(error, _language(sys.argv), shown="--traceback" in sys.argv)
        say(said)
        return code


if __name__ == "__main__":
    main()

"""The parser of all commands, and the function that runs one."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
from typing import Any

from ser_core.cli import (
    convert_whisper,
    download,
    evaluate,
    experiment,
    export,
    features,
    figures,
    fit_speech_detector,
    inventory,
    network_map,
    predict,
    samples,
    serve,
    train,
    words,
)
from ser_core.cli.arguments import Command, Subparsers
from ser_core.errors import SerError

INTERRUPTED = 130

# A full disk, a user's quota, and the largest file that a process may write. Windows has no quota of this kind.
_NO_SPACE = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)

_EPILOG = """\
From a folder of recordings to a table and a report, in five minutes:

  ser predict clip.wav                              one recording, one line
  ser predict recordings/                           every recording in a folder
  ser predict recordings/ --output table.csv        a table for a spreadsheet program
  ser predict recordings/ --speaker-from folder \\
      --output table.csv --report report.html       each voice compared with itself, and a report to print
  ser features recordings/ --output features.csv    162 numbers and the acoustic cues of each recording

Stop a long run with Ctrl-C. The same command goes on where it stopped. ser COMMAND --help explains each command.

To train networks and to make the tables of the project (docs/training.md), there are also:
  {further}

Exit status: 0 if all went well; 1 if predict or features could not read one of the recordings, or nothing at all, or
samples could not fetch one; 2 if a command could not run; 130 after Ctrl-C.
"""

# In the order of the help. The second group has its names there, without explanations: most people need the first.
_COMMANDS = (predict, features, evaluate, words, serve, export, samples)
_FURTHER_COMMANDS = (download, experiment, train, figures, inventory, network_map, fit_speech_detector, convert_whisper)


def main(argv: list[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : list of str, optional
        The command and its arguments; by default those of the process.

    Returns
    -------
    int
        The exit status.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # TensorFlow leaves oneDNN off on some processors, where training is a third faster with it.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    # Of other packages only warnings: s3fs reports where it has found its settings.
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s", stream=sys.stderr)
    logging.getLogger("ser_core").setLevel(logging.INFO)
    if not (sys.argv[1:] if argv is None else argv):
        parser().print_help(sys.stderr)
        return 2
    try:
        # Within the block, because arguments that name files are checked here.
        arguments = parser().parse_args(argv)
        command: Command = arguments.command
        return command(arguments)
    except SerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        # All packages but those of the extra ``train`` are dependencies of the library.
        print(
            f"error: The package {error.name} is not installed. Commands that train, evaluate or build tables need it. "
            'Install them in a checkout of the project: pip install ".[train]", or pip install -r requirements.txt.',
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt as stop:
        print(str(stop) or "stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of the output has ended: ``ser predict folder | head``. Python would report the pipe once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.errno not in _NO_SPACE:
            raise
        # The commands report a full disk for the files that they write. This is standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(
            f"error: The output cannot be written ({error.strerror}). Free some space, and run it again.",
            file=sys.stderr,
        )
        return 2


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    whole = argparse.ArgumentParser(
        prog="ser",
        description="Emotion in speech: which emotion a recording sounds like, and how sure that is.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for command in _COMMANDS:
        command.add_to(commands)
    n_explained = len(commands.choices)
    for further in _FURTHER_COMMANDS:
        further.add_to(_WithoutExplanation(commands))
    whole.epilog = _EPILOG.format(further=", ".join(list(commands.choices)[n_explained:]))
    return whole


class _WithoutExplanation:
    """Adds commands that are not listed: argparse lists those that have a help text."""

    def __init__(self, commands: Subparsers) -> None:
        self._commands = commands

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser:
        return self._commands.add_parser(name, **{key: text for key, text in options.items() if key != "help"})

"""Every command of ``gcp2`` with its arguments, and the function that runs it.

A command's module is imported when the command runs, so that ``gcp2 --help`` and the window start at once.
"""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias, overload

from gcp2_app import __version__
from gcp2_app.overriding import override

#: More than this takes hours to make and shows nothing that fewer do not.
_MOST_CHILDREN = 100_000

# argparse gives this type no public name.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


class _Parser(argparse.ArgumentParser):
    """A parser that takes options by their whole names only: ``--passphrase`` is no ``--passphrase-file``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line; each command sets ``run``."""
    parser: argparse.ArgumentParser = _Parser(
        prog="gcp2",
        description="Graded care assessments, kept encrypted, plotted over time. Without a command: opens the window.",
    )
    parser.set_defaults(run=_open, store=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    command = commands.add_parser("open", help="open the window")
    command.add_argument("store", nargs="?", type=Path, metavar="STORE", help="folder of the store")
    command.set_defaults(run=_open)

    command = commands.add_parser("init", help="make a new store")
    _store(command)
    command.add_argument("--practice", action="store_true", help="a store for synthetic people only")
    command.set_defaults(run=_init)

    _demo_parser(commands)
    _score_parser(commands)
    _forms_parser(commands)
    _exchange_parsers(commands)
    _alerts_parser(commands)
    _output_parsers(commands)
    _keys_parser(commands)
    _safety_parsers(commands)

    command = commands.add_parser("version", help="say which version this is")
    command.add_argument("--json", action="store_true", help="answer with JSON")
    command.set_defaults(run=_version)
    return parser


def _store(command: argparse.ArgumentParser) -> None:
    command.add_argument("store", type=Path, metavar="STORE", help="folder of the store")
    _signing_in(command)


def _signing_in(command: argparse.ArgumentParser) -> None:
    command.add_argument("--user", metavar="NAME", help="who signs in (default: the only user)")
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="file whose first line is the passphrase (default: GCP2_PASSPHRASE, or a prompt)",
    )


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="answer with JSON")


def _demo_parser(commands: Commands) -> None:
    command = commands.add_parser("demo", help="practice family, its charts and reports")
    command.add_argument("--store", type=Path, metavar="DIR", help="practice store to make or reuse")
    command.add_argument("--output", type=Path, metavar="DIR", help="where charts and reports go")
    command.add_argument("--no-window", action="store_true", help="write charts and reports, open no window")
    command.add_argument(
        "--children",
        type=_count,
        metavar="N",
        help="fill the store with invented families up to this many children: about 100 entries each, 10 ms, 120 kB",
    )
    _signing_in(command)
    _json(command)
    command.set_defaults(run=_demo)


def _count(text: str) -> int:
    """Read how many children are wanted."""
    count = int(text)
    if not 1 <= count <= _MOST_CHILDREN:
        raise argparse.ArgumentTypeError(f"give a number from 1 to {_MOST_CHILDREN}")
    return count


def _score_parser(commands: Commands) -> None:
    command = commands.add_parser("score", help="roll grades up, without a store")
    command.add_argument("pack", metavar="PACK", help="a pack in forms/ or a file")
    command.add_argument("file", metavar="FILE", help="one JSON document, or one a line; - for standard input")
    command.add_argument("--age-months", type=int, metavar="N", help="fills a missing age_months")
    _json(command)
    command.set_defaults(run=_score)


def _forms_parser(commands: Commands) -> None:
    group = commands.add_parser("forms", help="check forms").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    command = group.add_parser("check", help="check a pack, an entry kind, a policy, or a folder of them")
    command.add_argument("path", type=Path, metavar="PATH", help="file or folder")
    _json(command)
    command.set_defaults(run=_forms_check)


def _exchange_parsers(commands: Commands) -> None:
    command = commands.add_parser("import", help="take a case file into a store")
    _store(command)
    command.add_argument("file", type=Path, metavar="FILE", help="case file (JSON)")
    _json(command)
    command.set_defaults(run=_import)

    command = commands.add_parser("export", help="write a case file to standard output")
    _store(command)
    command.add_argument("--child", metavar="ID", help="only this child")
    command.add_argument("--recipient", default="", help="who it is for (kept in the audit trail)")
    command.add_argument("--reason", default="command line", help="why (kept in the audit trail)")
    _json(command)
    command.set_defaults(run=_export)


def _alerts_parser(commands: Commands) -> None:
    command = commands.add_parser("alerts", help="what the rules say of a child, or of the whole store, as JSON")
    _store(command)
    command.add_argument("--child", metavar="ID", help="only this child")
    _moment(command)
    _json(command)
    command.set_defaults(run=_alerts)


def _moment(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help="the day to look at, whatever became known later (default: today)",
    )
    command.add_argument(
        "--known-on", type=_day, metavar="DATE", help="leave out what became known later (default: nothing)"
    )


def _day(text: str) -> date:
    """Read a day."""
    from gcp2_app.domain.when import parse_date
    from gcp2_app.errors import InvalidValue

    try:
        day = parse_date(text)
    except InvalidValue as refusal:
        raise argparse.ArgumentTypeError(str(refusal)) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day of the years {_FIRST_YEAR} to {_LAST_YEAR}.")
    return day


#: The years whose days can be asked about.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
#: The names of :class:`gcp2_app.domain.charting.ChartKind`, which is read only when a chart is drawn.
_CHARTS = ("trend", "cumulative", "units", "picture", "types", "lanes", "actions", "attendance")
#: The names of :class:`gcp2_app.domain.readers.Audience`, which is read only when a report is made.
_READERS = (
    *("own_agency", "conference_chair", "core_group", "court", "parent", "child", "gp", "other_professional"),
    "partnership",
)


class _Reports(Sequence[str]):
    """The kinds of report, looked up when one is asked for or help is."""

    @property
    def _names(self) -> Sequence[str]:
        from gcp2_app.services.documents.kinds import KINDS

        return tuple(KINDS)

    @override
    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    @override
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._names[index]


def _output_parsers(commands: Commands) -> None:
    command = commands.add_parser("chart", help="draw a chart of a child")
    _store(command)
    command.add_argument("--child", metavar="ID", required=True, help="whose chart")
    command.add_argument("--kind", choices=_CHARTS, required=True, help="which chart")
    _moment(command)
    command.add_argument("--out", type=Path, metavar="FILE.png|svg", help="picture to write")
    _json(command)
    command.set_defaults(run=_chart, wrong_usage=command.error)

    command = commands.add_parser("report", help="write a report about a child, or about the whole store")
    _store(command)
    command.add_argument("--child", metavar="ID", help="whose report")
    command.add_argument("--kind", choices=_Reports(), metavar="KIND", required=True, help="which report: %(choices)s")
    command.add_argument("--assessment", metavar="ID", help="which assessment (default: the latest)")
    command.add_argument(
        "--entry",
        metavar="ID",
        help="which referral, challenge, deep dive, admission or medicine (default: the latest)",
    )
    _moment(command)
    command.add_argument(
        "--since",
        type=_day,
        metavar="DATE",
        help="the first day; what happened before is only counted (default: the report's own)",
    )
    command.add_argument(
        "--redact-for",
        metavar="WHO",
        help=f"whose copy: {', '.join(_READERS)}, or id of someone around the child (default: the report's own)",
    )
    command.add_argument("--recipient", default="", help="who it is for (printed and kept)")
    command.add_argument("--reason", default="command line", help="why (kept in the audit trail)")
    command.add_argument(
        "--password-file", type=Path, metavar="FILE", help="file whose first line opens the PDF (AES-256)"
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="FILE.pdf|txt|csv|xlsx",
        required=True,
        help="document to write: its pages, plain text to paste into another system, or a chronology's table",
    )
    _json(command)
    command.set_defaults(run=_report, wrong_usage=command.error)


def _keys_parser(commands: Commands) -> None:
    group = commands.add_parser("keys", help="passphrases and the recovery kit").add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    command = group.add_parser("list", help="who can sign in, and how their slot is protected")
    command.add_argument("store", type=Path, metavar="STORE", help="folder of the store")
    _json(command)
    command.set_defaults(run=_keys_list)

    command = group.add_parser("change", help="change a passphrase")
    _store(command)
    _new_passphrase(command)
    command.set_defaults(run=_keys_change)

    command = group.add_parser("recovery", help="make a new recovery kit; the old one stops working")
    _store(command)
    command.set_defaults(run=_keys_recovery)

    for name, run, text in (
        ("recover", _keys_recover, "set a new passphrase with the recovery kit"),
        ("unbind", _keys_unbind, "free a sign-in from this computer's keyring, with the recovery kit"),
    ):
        command = group.add_parser(name, help=text)
        command.add_argument("store", type=Path, metavar="STORE", help="folder of the store")
        command.add_argument("--user", metavar="NAME", help="who signs in (default: the only user)")
        command.add_argument("--recovery-file", type=Path, metavar="FILE", help="file with the recovery code")
        _new_passphrase(command, otherwise="GCP2_PASSPHRASE, or a prompt")
        command.set_defaults(run=run)


def _safety_parsers(commands: Commands) -> None:
    command = commands.add_parser("backup", help="make a backup, check it, and say where it is")
    _store(command)
    _json(command)
    command.set_defaults(run=_backup)

    command = commands.add_parser("restore", help="go back to a backup; what is there now is kept as one first")
    command.add_argument("store", type=Path, metavar="STORE", help="folder of the store, or where it is to be")
    command.add_argument("backup", type=Path, metavar="BACKUP", help="folder of the backup")
    _signing_in(command)
    command.add_argument(
        "--recovery-file",
        type=Path,
        metavar="FILE",
        help="file with the recovery code, where the passphrase is lost or bound to another computer; the passphrase "
        "given becomes the new one",
    )
    _json(command)
    command.set_defaults(run=_restore)

    command = commands.add_parser("verify", help="look through a store for anything altered, missing or damaged")
    _store(command)
    _json(command)
    command.set_defaults(run=_verify)


def _new_passphrase(command: argparse.ArgumentParser, *, otherwise: str = "a prompt") -> None:
    command.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"file whose first line is the new passphrase (default: {otherwise})",
    )


# Running them ---------------------------------------------------------------------------------------


def _open(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import window

    return window.open_(parsed)


def _version(parsed: argparse.Namespace) -> int:
    print(json.dumps({"version": __version__}) if parsed.json else f"gcp2 {__version__}")
    return 0


def _init(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import stores

    return stores.init(parsed)


def _demo(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import demo

    return demo.demo(parsed)


def _score(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import stateless

    return stateless.score(parsed)


def _forms_check(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import stateless

    return stateless.forms_check(parsed)


def _import(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import stores

    return stores.import_(parsed)


def _export(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import stores

    return stores.export(parsed)


def _alerts(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import alerts

    return alerts.alerts(parsed)


def _chart(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import output

    return output.chart(parsed)


def _report(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import output

    return output.report(parsed)


def _keys_list(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import keys

    return keys.list_(parsed)


def _keys_change(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import keys

    return keys.change(parsed)


def _keys_recovery(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import keys

    return keys.recovery(parsed)


def _keys_recover(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import keys

    return keys.recover(parsed)


def _keys_unbind(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import keys

    return keys.unbind(parsed)


def _backup(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import backups

    return backups.backup(parsed)


def _restore(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import backups

    return backups.restore(parsed)


def _verify(parsed: argparse.Namespace) -> int:
    from gcp2_app.cli import backups

    return backups.verify(parsed)

"""``seqgen completion``: a completion script for a shell, made from the argument tree."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator

from seqgen.cli.output import emit
from seqgen.cli.parser import Commands, build_parser

WALK = """\
  local place="" word
  for word in {words}; do
    case "$place $word" in
{descend}
    esac
  done
"""

BASH = """\
# bash completion for seqgen: source <(seqgen completion bash)
_seqgen() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" words=""
{walk}
  case "$place $previous" in
{values}
    *) case "$place" in
{options}
    esac ;;
  esac
  [[ "$current" == -* ]] || words="${{words%% -*}}"
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}}
complete -o bashdefault -o default -F _seqgen seqgen
"""

ZSH = """\
#compdef seqgen
# zsh completion for seqgen: source <(seqgen completion zsh)
_seqgen() {{
  local previous="${{words[CURRENT-1]}}" found=""
{walk}
  case "$place $previous" in
{values}
    *) case "$place" in
{options}
    esac ;;
  esac
  [[ "${{words[CURRENT]}}" == -* ]] || found="${{found%% -*}}"
  if [[ -n "$found" ]]; then compadd -- ${{=found}}; else _files; fi
}}
compdef _seqgen seqgen
"""

FISH = """\
# fish completion for seqgen: seqgen completion fish | source
function __seqgen_place
  set -l place ""
  for word in (commandline -opc)[2..]
    switch "$place $word"
{descend}
    end
  end
  test "$place" = "$argv[1]"
end
{lines}
"""


def add(commands: Commands) -> None:
    """Add the command to the tree."""
    parser = commands.add_parser("completion", help="print a completion script for a shell")
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    emit(script(args.shell))
    return 0


def script(shell: str) -> str:
    """Return the completion script for ``shell``: bash, zsh or fish."""
    places = dict(_walk(build_parser(), ""))
    if shell == "fish":
        descend = (
            f'      case "{place}"\n        set place "{place}"' for place in places if place
        )
        lines = "\n".join(
            line for place, parser in places.items() for line in _fish(place, parser)
        )
        return FISH.format(descend="\n".join(descend), lines=lines)
    words = '"${COMP_WORDS[@]:1:COMP_CWORD-1}"' if shell == "bash" else '"${words[@]:1:CURRENT-2}"'
    result = "words" if shell == "bash" else "found"
    descend = (f'      "{place}") place="{place}" ;;' for place in places if place)
    values = (
        f'    "{place} {option}") {result}="{" ".join(map(str, action.choices))}" ;;'
        for place, parser in places.items()
        for action in parser._actions
        if action.choices and action.option_strings
        for option in action.option_strings
    )
    options = (
        f'      "{place}") {result}=" {" ".join(_offers(parser))}" ;;'
        for place, parser in places.items()
    )
    template = BASH if shell == "bash" else ZSH
    walk = WALK.format(words=words, descend="\n".join(descend))
    return template.format(walk=walk, values="\n".join(values), options="\n".join(options))


def _walk(
    parser: argparse.ArgumentParser, place: str
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every parser of the tree with the words that lead to it, as in " sample music"."""
    yield place, parser
    for name, child in _children(parser).items():
        yield from _walk(child, f"{place} {name}")


def _children(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _offers(parser: argparse.ArgumentParser) -> list[str]:
    """Return the words that may come next: commands and fixed values first, then options."""
    actions = parser._actions
    words = [str(word) for a in actions if not a.option_strings for word in a.choices or ()]
    return words + [option for a in actions for option in a.option_strings]


def _fish(place: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    start = f"complete -c seqgen -n '__seqgen_place \"{place}\"'"
    for action in parser._actions:
        if not action.option_strings:
            if action.choices:
                yield f"{start} -f -a {shlex.quote(' '.join(map(str, action.choices)))}"
            continue
        names = " ".join(
            f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
            for name in action.option_strings
        )
        takes = "" if action.nargs == 0 else " -r"
        if action.choices:
            takes = f" -x -a {shlex.quote(' '.join(map(str, action.choices)))}"
        yield f"{start} {names}{takes} -d {shlex.quote(action.help or '')}"

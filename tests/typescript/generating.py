"""Has existing generators make types and clients of ``openapi.json``, and compiles all of them.

One run of the compiler reads everything, since it spends most of its time on what all have in
common. What it objects to is told apart by file.
"""

import json
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from tests.harness.node_packages import link_packages
from tests.typescript.rendering import program, type_names

SOURCES: Final = Path(__file__).parent
_CMS: Final = SOURCES.parent / "cms"
OPENAPI: Final = _CMS / "content" / "api" / "snapshots" / "openapi.json"

GENERATORS: Final = {
    "openapi-typescript": ("generate", "schema"),
    "orval": ("generate:orval", "orval/client.schemas"),
    "hey-api": ("generate:hey", "hey/types.gen"),
}
"""The script that runs each, and the module of its types below ``generated``."""

LEFT_OUT: Final = ("quote", "strategy.GoalPage")
"""A block and a type of page for which the program ``left-out`` has no case."""


@dataclass(frozen=True)
class Workshop:
    """A folder in which generators, compiler and linters run by the scripts of package.json."""

    folder: Path

    @classmethod
    def furnished(cls, root: Path) -> "Workshop":
        """One with everything that the scripts read, below an empty folder."""
        folder = root / SOURCES.name
        folder.mkdir()
        for path in SOURCES.iterdir():
            if path.suffix in {".json", ".mjs", ".ts", ".yaml"}:
                shutil.copy(path, folder)
        link_packages(SOURCES, folder)
        (root / _CMS.name).symlink_to(_CMS)
        return cls(folder)

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run a script; npm itself would take half a second more."""
        name, *arguments = shlex.split(self._scripts[script])
        return self._run(name, *arguments)

    @cached_property
    def _scripts(self) -> dict[str, str]:
        described = json.loads((self.folder / "package.json").read_text(encoding="utf-8"))
        scripts: dict[str, str] = described["scripts"]
        return scripts

    def _run(self, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "node_modules" / ".bin" / tool, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    def generate(self, generator: str) -> None:
        """Have a generator make its types and client."""
        generated = self.run(GENERATORS[generator][0])
        assert generated.returncode == 0, generated.stdout + generated.stderr

    def compile(self, files: list[str], **options: Any) -> list[str]:
        """The compiler's objections to some files, as it writes them.

        The libraries of others are not looked at. What was generated is, if it is no ``.d.ts``.
        """
        settings = {
            "extends": "./tsconfig.json",
            "include": [],
            "files": files,
            "compilerOptions": {"skipLibCheck": True, "rootDir": ".", "outDir": "made", **options},
        }
        path = self.folder / "tsconfig.all.json"
        path.write_text(json.dumps(settings), encoding="utf-8")
        said = self._run("tsc", "--pretty", "false", "--project", path.name)
        # What belongs to an objection is indented below it.
        return said.stdout.strip().replace("\n ", " ").splitlines()

    def write_program(self, name: str, generator: str, source: str, names: list[str]) -> str:
        """Write a program that shows documents, with the types of a generator."""
        folder = self.folder / name
        folder.mkdir()
        module = f"../generated/{GENERATORS[generator][1]}"
        if generator == "openapi-typescript":
            lines = [f'import type {{ components }} from "{module}";'] + [
                f'export type {name} = components["schemas"]["{name}"];' for name in names
            ]
        else:
            lines = [f'export type {{ {", ".join(names)} }} from "{module}";']
        (folder / "types.ts").write_text("\n".join(lines), encoding="utf-8")
        (folder / "show.ts").write_text(source, encoding="utf-8")
        return f"{name}/show.ts"


@dataclass(frozen=True)
class Compiled:
    """Everything, compiled, and the words of the compiler."""

    workshop: Workshop
    said: list[str]

    def objections(self, *places: str) -> list[str]:
        """Return the words on files that begin with one of some paths."""
        return [line for line in self.said if line.startswith(places)]

    def made(self, program_name: str) -> Path:
        """The program in JavaScript."""
        return self.workshop.folder / "made" / program_name / "show.js"


def compile_everything(workshop: Workshop, openapi: dict[str, Any]) -> Compiled:
    """Generate by each, and compile a program for each, ``client.ts`` and ``left-out``."""
    source, names = program(openapi), type_names(openapi)
    files = ["client.ts"]
    for generator in GENERATORS:
        workshop.generate(generator)
        files.append(workshop.write_program(generator, generator, source, names))
    generated = workshop.folder / "generated"
    # As a module of its own it is looked at like any other.
    (generated / "schema.d.ts").rename(generated / "schema.ts")
    for value in LEFT_OUT:
        # The first is a block's, or a document's; a relation has a switch of its own.
        start = source.index(f'    case "{value}":')
        source = source[:start] + source[source.index("    case ", start + 1) :]
    files.append(workshop.write_program("left-out", "openapi-typescript", source, names))
    compiled = Compiled(workshop, workshop.compile(files))
    # Modules for Node, whatever stands above them.
    (workshop.folder / "made" / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return compiled

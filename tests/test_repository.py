"""The house keeps its own rules."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = settings.BASE_DIR
ROOMS = ["models", "documents", "search", "actions", "exchange", "web", "api", "admin"]
PYTHON = [
    path
    for folder in ("directory", "accounts", "solidarity")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]


def run(program: str, *arguments: str) -> subprocess.CompletedProcess:
    """Run a program that is installed beside this Python."""
    return subprocess.run(
        [str(Path(sys.executable).parent / program), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", [("ruff", "check", "."), ("ruff", "format", "--check", ".")])
def test_the_code_is_in_style(command):
    result = run(*command)

    assert result.returncode == 0, result.stdout


def test_the_templates_are_in_style():
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    result = run("djade", "--check", "--target-version", "5.2", *templates)

    assert result.returncode == 0, result.stdout + result.stderr


def test_imports_flow_downwards():
    result = run("lint-imports", "--no-cache")

    assert result.returncode == 0, result.stdout


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# `.update(` of rows and not of a dict: after a call, as in objects.filter(…).update(.
ROWS_UPDATED = r"(objects|queryset|rows|\))\s*\.update\("


@pytest.mark.parametrize("door", ["api", "web", "admin"])
def test_doors_do_not_write(door):
    names = "save delete create bulk_create bulk_update get_or_create update_or_create"
    writes = re.compile(rf"\.({names.replace(' ', '|')})\(|{ROWS_UPDATED}")
    for module in (ROOT / "directory" / door).rglob("*.py"):
        assert not writes.search(module.read_text()), module


def test_only_the_settings_read_the_environment():
    readers = [
        path
        for path in PYTHON
        if re.search(r"os\.environ|getenv", path.read_text())
        and path.name not in {"settings.py", "wsgi.py"}
    ]

    assert readers == []


def test_every_setting_of_the_environment_is_explained():
    read = set(
        re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "solidarity/settings.py").read_text())
    )
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert read - {"TEST_DATABASE_NAME"} == explained


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_belongs_there(room):
    tree = ast.parse((ROOT / "directory" / room / "__init__.py").read_text())

    assert ast.get_docstring(tree)


def public_functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("room", ["actions", "search", "exchange", "documents"])
def test_public_functions_say_what_they_do(room):
    silent = [
        f"{path.name}: {node.name}"
        for path in sorted((ROOT / "directory" / room).rglob("*.py"))
        for node in public_functions(path)
        if not ast.get_docstring(node)
    ]

    assert silent == []


@pytest.mark.parametrize("room", ["actions", "search", "exchange"])
def test_signatures_are_typed(room):
    untyped = [
        f"{path.name}: {node.name}"
        for path in sorted((ROOT / "directory" / room).rglob("*.py"))
        for node in public_functions(path)
        if isinstance(node, ast.FunctionDef)
        and (
            node.returns is None
            or any(
                argument.annotation is None for argument in [*node.args.args, *node.args.kwonlyargs]
            )
        )
    ]

    assert untyped == []


def test_files_stay_small():
    long = [f"{path.relative_to(ROOT)}" for path in PYTHON if path.read_text().count("\n") > 300]

    assert long == []


def test_nothing_is_marked_safe():
    texts = PYTHON + sorted((ROOT / "templates").rglob("*.html"))
    marked = [p for p in texts if re.search(r"mark_safe|\|\s*safe\b|autoescape off", p.read_text())]

    assert marked == []


def test_templates_hold_no_script_or_style_of_their_own():
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*application/)", re.I
    )
    found = [
        p for p in sorted((ROOT / "templates").rglob("*.html")) if inline.search(p.read_text())
    ]

    assert found == []


def test_what_people_are_told_to_make_can_be_made():
    makefile = (ROOT / "Makefile").read_text()
    targets = {*re.findall(r"^([a-z]+):", makefile, re.M)}
    quickstart = ROOT / "directory" / "management" / "commands" / "quickstart.py"
    told = "".join(
        path.read_text() for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), quickstart)
    )

    named = {*re.findall(r"(?:^|`|: )make ([a-z]+)\b", told + makefile, re.M)}

    assert "operator" in named
    assert named <= targets


def test_no_lock_file_names_an_index():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)


def production(**variables: str) -> subprocess.CompletedProcess:
    # Browser tests of the same run set a variable that a deployment must not have.
    inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    sound = {
        "DEPLOYMENT": "production",
        "SECRET_KEY": "0123456789abcdef" * 4,
        "ALLOWED_HOSTS": "directory.example.org",
        "DEBUG": "off",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=inherited | sound | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_a_secret_and_hosts_and_passes_the_deployment_check():
    result = production()

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DEBUG", "on"), ("SECRET_KEY", "short"), ("ALLOWED_HOSTS", ""), ("DEPLOYMENT", "staging")],
)
def test_production_refuses_to_start_with(variable, value):
    result = production(**{variable: value})

    assert result.returncode != 0
    assert variable in result.stderr

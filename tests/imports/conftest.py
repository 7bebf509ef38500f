"""Fixtures of imports."""

from pathlib import Path

import pytest

from tests.imports.real_files import folder_of_files


@pytest.fixture(scope="session")
def registers() -> Path:
    """The folder of real registers, kept beside a checkout; REGISTERS_DIR overrides."""
    folder = folder_of_files()
    if not folder.is_dir():
        pytest.skip("the real registers are not here: set REGISTERS_DIR to their folder")
    return folder

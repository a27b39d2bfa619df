"""A process that serves pages stays small: what only authors and printers need is loaded where it is used."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = {"lxml", "nh3", "PIL", "pyld", "qrcode", "segno", "typst", "xlsxwriter", "yaml"}
#: Loads what serves the pages, with every address, and says which libraries came along.
LOAD = "import sys, balai.wsgi, balai.urls; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"


def test_a_web_process_loads_no_library_that_few_pages_need(tmp_path: Path) -> None:
    environment = os.environ | {"BALAI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "balai.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOAD], env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "django" in loaded
    assert loaded & HEAVY == set()

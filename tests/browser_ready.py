"""Find Chromium for the browser tests, or bring it here; end with 1 and say what to install when neither works.

Looked at, in this order: the variable ``CHROMIUM``, the system's Chromium or Chrome, Playwright's own. As root on
Debian it is installed with apt-get; elsewhere Playwright is asked to fetch its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "The browser tests need Chromium. Install it (Debian: apt install chromium) or set CHROMIUM to its path."


def find() -> str | None:
    """The path of a Chromium on this machine."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def bring() -> None:
    """Try to install one; errors are shown and do not raise."""
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium with apt-get …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *arguments], env=environment, stdout=subprocess.DEVNULL, check=False)
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """Exit code 0 when a browser is ready; its path is printed."""
    if find() is None and not os.environ.get("CHROMIUM"):
        bring()
    path = find()
    if path is None:
        sys.exit(MISSING)
    print(path)


if __name__ == "__main__":
    main()

"""Known vulnerabilities of all locked packages, by pip-audit of the Python Packaging Authority.

    python tools/advisories.py REQUIREMENTS

pip-audit asks the advisory database of PyPI. Where that cannot be reached, or does not know a package, it says so: a
build must not depend on a network; in CI, where there is one, a package that nobody could be asked about is an error.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

_UNKNOWN = "could not be audited"


def main() -> int:
    """Run it: 1 where a vulnerability is known, or, in CI, where something could not be asked; else 0."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", sys.argv[1], "--require-hashes", "--disable-pip"]
    done = subprocess.run([*command, "--progress-spinner", "off"], capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    found = re.search(r"Found \d+ known vulnerabilit", said)
    if not found and (done.returncode or _UNKNOWN in said):
        print("advisories: the database could not be asked about every package")
        return 1 if os.environ.get("CI") else 0
    print(said)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

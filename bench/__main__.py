"""Every bench, one after another: `make bench`, or ``python -m bench weight machine`` for some of them.

Figures depend on the machine: read them beside their limits and beside each other. Nothing here fails because it
was slow.
"""

import subprocess
import sys

BENCHES = {
    "weight": "What a learner's way weighs on the wire, and how long one waits at 50 kbit/s",
    "lesson_pages": "Lesson pages a second, 16 clients on the same cores",
    "attempts": "Attempts at a test a second: start, answers, submission, result",
    "pages": "What every page weighs, beside its limit",
    "analysis": "The analysis of a test that 20,000 people took",
    "publishing": "Publishing a course with 300 photos, and its second version",
    "import": "A dirty table of 20,000 officials: preview, saving, again, taking back",
    "certificates": "Certificates a second: numbered, signed, recorded; drawn; checked",
    "certificates_at_once": "10,000 certificates at once: issued for all who earned one; drawn into files to print",
    "enrolment_storm": "164,790 requests for 80,000 seats, several writers at once, on SQLite and PostgreSQL",
    "regions_search": "Searching the whole region tree as one types",
    "log_verify": "Recording, and replaying the log beside the tables",
    "tallies": "The nation's picture at full size: counting, and looking at it",
    "machine": "One machine: first start, later starts, memory under load, installed size",
}


def main() -> None:
    chosen = sys.argv[1:] or list(BENCHES)
    failed = []
    for name in chosen:
        print(f"\n== {name}: {BENCHES[name]}\n", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"did not run to their end: {', '.join(failed)}")


if __name__ == "__main__":
    main()

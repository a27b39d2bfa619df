"""A refusal has its code on standard error and ends the program with 1."""

import json

from tests.program import Program


def test_a_refusal_tells_what_happened_what_is_safe_and_what_to_do(program: Program) -> None:
    done = program.run("check", code=1)
    lines = [line.strip() for line in done.stderr.splitlines()]
    assert (done.stdout, lines) == (
        "",
        [
            f"B1151  Di folder {program.folder} tidak ada data Balai.",
            "Tidak ada yang berubah.",
            "Yang perlu dilakukan: Sebut foldernya dengan --data, atau jalankan balai up lebih dulu.",
        ],
    )


def test_a_program_gets_the_refusal_as_json(program: Program) -> None:
    done = program.run("log", "verify", "--json", code=1)
    assert (done.stdout, json.loads(done.stderr)["problem"]["code"]) == ("", "B1151")


def test_a_refusal_makes_nothing(program: Program) -> None:
    program.run("check", code=1)
    assert not program.folder.exists()


def test_a_wrong_option_ends_with_2(program: Program) -> None:
    assert program.run("check", "--nothing", code=2).stdout == ""

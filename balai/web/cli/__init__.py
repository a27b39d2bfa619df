"""The command line `balai`."""


def main() -> None:
    """Run the command that the program was called with; ends the program."""
    from . import texts
    from .commands import root

    texts.speak()
    root(prog_name="balai")

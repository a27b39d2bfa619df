"""The command line `balai`."""


def main() -> None:
    """Run the command that the program was called with; ends the program."""
    from . import texts

    texts.speak()  # before click's types are made: they keep their names
    from .commands import root

    root(prog_name="balai")

"""``python -m balai`` is the same program as ``balai``."""

from balai.web.cli import main

if __name__ == "__main__":
    main()

"""Static files under names that hold their hash, so that a phone keeps them for good."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashed and compressed by ``collectstatic``; under plain names until it has run (tests, a fresh clone)."""

    support_js_module_import_aggregation = True
    # Django looks for imports in *.js only; ours are *.mjs, and an import under a plain name is asked for each time.
    _js_module_import_aggregation_patterns = ("*.mjs", HashedFilesMixin._js_module_import_aggregation_patterns[1])  # type: ignore[attr-defined]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file; once collected it does not change while the program runs."""
        if force or not self.hashed_files:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]

    def stored_name(self, name: str) -> str:
        """``css/balai.css`` to ``css/balai.<hash>.css``. A name missing from the manifest still raises."""
        return super().stored_name(name) if self.hashed_files else name

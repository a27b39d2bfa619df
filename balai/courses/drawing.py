"""The photos of a draft are drawn ahead, as a job: three hundred take a minute, and no page waits so long."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from balai.log import blobs

from . import made, pictures
from .models import Draft

#: So many a page draws by itself.
FEW = 8
_PHOTOS = (".png", ".jpg", ".jpeg")
_GOING = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@dataclass(frozen=True)
class Progress:
    """How many photos of a draft are drawn, of how many."""

    done: int
    total: int


def ahead(draft: Draft) -> Progress | None:
    """How far the photos of ``draft`` are, as long as there is more to draw than a page may do itself.

    Starts the job when nobody did. ``None`` when the draft can be built now: what is left then cannot be drawn.
    """
    photos = sorted({sha for path, sha in draft.files.items() if path.lower().endswith(_PHOTOS)})
    if len(_left(photos)) <= FEW:
        return None
    told = [str(draft.pk), sha256("".join(photos).encode()).hexdigest()]
    jobs = DBTaskResult.objects.filter(task_path=draw.module_path, args_kwargs={"args": told, "kwargs": {}})
    if not jobs.exists():
        draw.enqueue(*told)
    if not jobs.filter(status__in=_GOING).exists():
        return None
    return Progress(len(photos) - len(_left(photos)), len(photos))


def _left(photos: Iterable[str]) -> list[str]:
    """Those that nobody drew yet in any width."""
    known = {file.name[:64] for file in made.folder().iterdir()} if made.folder().exists() else set()
    return [sha for sha in photos if sha not in known]


@task()
def draw(draft: str, photos: str) -> None:
    """Draw the photos of a draft; ``photos`` names them all, so that other photos are another job. Repeatable."""
    found = Draft.objects.filter(pk=UUID(draft)).first()
    files = found.files if found else {}
    for sha in _left(sha for path, sha in files.items() if path.lower().endswith(_PHOTOS)):
        _draw(blobs.read(sha))


def _draw(content: bytes) -> None:
    from . import photos  # see there

    try:
        photos.modern(content, pictures.read(content))
    except pictures.BadPicture:
        return  # said with its name where the draft is looked at

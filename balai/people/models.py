"""Humans, how they sign in and what they are (positions). What they may do is in ``roles.py``."""

from functools import cached_property
from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balai.common import clock, names
from balai.common.ids import uuid7
from balai.log.models import SyncedModel
from balai.regions import codes
from balai.regions.models import Institution, Region

from .accounts.models import AccessCode, AccessEvent, CodeSheet
from .identities.models import Apart, NikKey, Pair, PersonMerge, PersonParting, PersonWithdrawal
from .imports.models import Import, Row, Run, Saved, Trace, Undone
from .privacy.models import ErasureRequest
from .reach import Reach
from .roles import Role, RoleRevocation, RoleScope

__all__ = [
    "AccessCode",
    "AccessEvent",
    "Account",
    "Apart",
    "CodeSheet",
    "ErasureRequest",
    "Import",
    "NikKey",
    "Pair",
    "Person",
    "PersonMerge",
    "PersonParting",
    "PersonWithdrawal",
    "Position",
    "PositionEnd",
    "Role",
    "RoleRevocation",
    "RoleScope",
    "Row",
    "Run",
    "Saved",
    "Trace",
    "Undone",
]


class PersonQuerySet(models.QuerySet["Person"]):
    def present(self) -> "PersonQuerySet":
        """Who is neither merged into another person nor withdrawn."""
        return self.filter(merged_into=None, withdrawn_at=None)

    def within(self, prefixes: list[str]) -> "PersonQuerySet":
        """Who belongs to one of the regions whose codes are ``prefixes`` or lie below; "" is the nation."""
        return self.filter(codes.below_any(prefixes, "region__code"))


class Person(SyncedModel):
    """A human. Fields are a document: edited elsewhere at the same time, both versions are kept.

    ``nik_sealed`` can only be opened by the hub; ``nik_mask`` is what people see. ``name_key`` finds a name in any
    spelling; lists are in the order of ``sort_name``, which reads as the name does.
    """

    class Sex(models.TextChoices):
        FEMALE = "P", _("Perempuan")
        MALE = "L", _("Laki-laki")

    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=120, db_index=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    birth_date = models.DateField(null=True)
    phone = models.CharField(max_length=16, blank=True, db_index=True)
    email = models.CharField(max_length=254, blank=True)
    nik_sealed = models.TextField(blank=True)
    nik_mask = models.CharField(max_length=16, blank=True)
    nip = models.CharField(max_length=18, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="people")
    registered_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    withdrawn_at = models.DateTimeField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["region", "sort_name"], name="person_in_region"),
            models.Index(fields=["nip"], name="person_with_nip", condition=~Q(nip="")),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key, self.sort_name = names.key(self.name), names.sorting(self.name)
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and "name" in update_fields:  # type: ignore[operator]
            kwargs["update_fields"] = {*update_fields, "name_key", "sort_name"}  # type: ignore[misc]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @cached_property
    def reach(self) -> Reach:
        """What this person may reach now, by the roles held now."""
        return Reach(self)

    @cached_property
    def identities(self) -> list[UUID]:
        """The ids under which this person did things: their own, and those merged into it."""
        return [self.id, *Person.objects.filter(merged_into=self.id).values_list("id", flat=True)]


class AccountManager(BaseUserManager["Account"]):
    def called(self, username: str, phone: str) -> "Account | None":
        """The account with this user name, or with this normalised phone number ("" for none)."""
        wanted = Q(username__iexact=username)
        if phone:
            wanted |= Q(phone=phone)
        return self.select_related("person__region").filter(wanted).first()

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """How a person signs in. Local to this node: secrets never travel.

    ``phone`` is set while the number is this person's alone; ``epoch`` is part of every session, so raising
    it signs the account out everywhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.OneToOneField(Person, models.CASCADE, related_name="account", db_constraint=False)
    username = models.CharField(max_length=60, unique=True)
    phone = models.CharField(max_length=16, null=True, unique=True)  # noqa: DJ001  (unique where there is one)
    is_active = models.BooleanField(default=True)
    epoch = models.PositiveIntegerField(default=0)
    first_signed_in_at = models.DateTimeField(null=True)
    notice_read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.wall)

    USERNAME_FIELD = "username"
    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        return self.username

    @property
    def is_open(self) -> bool:
        """Not closed, and its person's record was not withdrawn."""
        return self.is_active and self.person.withdrawn_at is None

    @property
    def owner(self) -> Person:
        """Who is here when this account signs in: its person, or whom they were merged into."""
        return self.person.merged_into or self.person

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        return f"{super()._get_session_auth_hash(secret)}{self.epoch}"  # type: ignore[misc]


class Position(SyncedModel):
    """What a person is (kepala desa, kaur keuangan, pengelola perpustakaan …), where, from when."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="positions")
    title = models.CharField(max_length=80)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="positions")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="positions")
    started_on = models.DateField(null=True)
    held_at = models.DateTimeField()


class PositionEnd(SyncedModel):
    """The end of a position: a term that ran out, a move."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="ends")
    ended_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

from collections.abc import Callable

import pytest

from balai.common.nik import Nik
from balai.common.sealing import SealBroken
from balai.log.models import Entry
from balai.log.record import record
from balai.people.changing import change
from balai.people.entries import PersonRegistered
from balai.people.identities import niks
from balai.people.models import NikKey, Person

pytestmark = pytest.mark.django_db
DIGITS = "1802075510800001"


def test_a_nik_is_sealed_and_opens_on_the_hub_alone(nik_of: Callable[[str], Nik]) -> None:
    sealed = niks.seal(nik_of(DIGITS))
    assert (niks.unseal(sealed.sealed), sealed.mask) == (nik_of(DIGITS), "180207••••••••••")
    assert niks.seal(nik_of(DIGITS)).sealed != sealed.sealed
    with pytest.raises(SealBroken):
        niks.unseal(sealed.sealed[:-8] + "AAAAAAA=")


def test_nothing_that_is_stored_holds_the_digits(make_person, nik_of) -> None:
    person = make_person("Siti", "18.02.07.2009", nik=niks.seal(nik_of(DIGITS)))
    stored = [str(row) for model in (Entry, Person, NikKey) for row in model.objects.values_list()]
    assert [text for text in stored if DIGITS in text or DIGITS[6:] in text] == []
    assert NikKey.objects.get().digest == niks.digest(nik_of(DIGITS)) != niks.digest(nik_of("1802075510800002"))
    assert person.nik_mask == "180207••••••••••"


def test_the_key_follows_the_nik(make_person, coordinator, nik_of) -> None:
    person = make_person("Siti", "18.02.07.2009")
    assert list(NikKey.objects.values_list("digest")) == []
    for digits in (DIGITS, "1802075510800002"):
        sealed = niks.seal(nik_of(digits))
        deed = change(person, {"nik": {"sealed": sealed.sealed, "mask": sealed.mask}}, coordinator)
        record(**deed.__dict__)
        assert list(NikKey.objects.values_list("digest", flat=True)) == [niks.digest(nik_of(digits))]
    record(**change(person, {"nik": None}, coordinator).__dict__)
    assert list(NikKey.objects.values_list("digest")) == []


def test_a_nik_sealed_to_another_node_matches_nobody(region) -> None:
    payload = PersonRegistered(name="Siti", region=region("18.02").id, nik={"sealed": "AAAA", "mask": "18"})
    record("person.registered", payload, proof="hub")
    assert list(NikKey.objects.all()) == []

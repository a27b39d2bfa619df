"""The Open Badges credential: read by a library that is not ours, and never taken for more than was signed."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError
from openbadgeslib.ob3.status import check_credential_status, decode_encoded_list

from balai.credentials import dataintegrity, didweb, openbadge, statement, statuslist
from balai.credentials.checking import Verifier
from balai.credentials.openbadge import Facts, Unreadable
from balai.credentials.verdict import State

from .conftest import OTHERS, OURS, SAID, saying

SITE = "https://balai.example"
MOMENT = datetime(2026, 11, 21, 5, tzinfo=UTC)
FACTS = Facts(
    certificate=UUID("0193501a-0000-7000-8000-000000000001"),
    person=UUID("0193501a-0000-7000-8000-000000000002"),
    course=UUID("0193501a-0000-7000-8000-000000000003"),
    issuer="Balai Belajar",
    did=didweb.did(SITE),
    site=SITE,
    status=12,
    status_list=statuslist.address(SITE, 12),
)


def signed(said=SAID, by=OURS):
    method = didweb.method(SITE, statement.key_id(by.public))
    return dataintegrity.add_proof(openbadge.build(said, FACTS), method, dataintegrity.timestamp(MOMENT), by.sign)


def written(document) -> bytes:
    return json.dumps(document).encode()


def public_pem(of):
    return of.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize(
    "said", [SAID, saying(score=-1), saying(kind="kompetensi", score=700), saying(demo=True), saying(name='"<&>"')]
)
def test_a_library_that_is_not_ours_verifies_it(said):
    credential = OB3LdpVerifier(public_pem(OURS)).verify(written(signed(said)))
    subject = (credential.achievement.name, credential.identifiers[0].identity_hash, credential.credits_earned)
    assert subject == (said.course, said.name, said.hours)
    assert [result.value for result in credential.results] == (
        [openbadge.percent(said.score)] if said.score >= 0 else []
    )


def test_that_library_refuses_it_under_another_key_or_name():
    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier(public_pem(OTHERS)).verify(written(signed()))
    altered = signed()
    altered["credentialSubject"]["identifier"][0]["identityHash"] = "Orang Lain"
    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier(public_pem(OURS)).verify(written(altered))


def test_that_library_finds_the_key_by_the_did_document():
    document = json.dumps(didweb.document(SITE, OURS.ring())).encode()
    asked = []

    def download(address, *_rest, **_named):
        asked.append(address)
        return document

    method = didweb.method(SITE, statement.key_id(OURS.public))
    from openbadgeslib.ob3.did import resolve_verification_method

    pem = resolve_verification_method(method, download=download)
    assert (asked, pem) == (["https://balai.example/.well-known/did.json"], public_pem(OURS))


def test_that_library_sees_a_revocation_in_the_status_list():
    credential = OB3LdpVerifier(public_pem(OURS)).verify(written(signed()))
    method = didweb.method(SITE, statement.key_id(OURS.public))

    def listed(*revoked):
        unsigned = statuslist.build(SITE, didweb.did(SITE), 0, revoked, MOMENT)
        content = written(dataintegrity.add_proof(unsigned, method, dataintegrity.timestamp(MOMENT), OURS.sign))
        return lambda *_rest, **_named: content

    check_credential_status(credential, download=listed(3, 13), list_pubkey_pem=public_pem(OURS))
    with pytest.raises(OB3VerificationError):
        check_credential_status(credential, download=listed(3, 12), list_pubkey_pem=public_pem(OURS))


def test_a_status_list_has_the_bits_that_are_asked_for():
    bits = decode_encoded_list(statuslist.encoded([0, 9, statuslist.SIZE - 1]))
    assert (len(bits), bits[0], bits[1], bits[-1], sum(map(int.bit_count, bits))) == (16_384, 0x80, 0x40, 1, 3)
    assert [statuslist.address(SITE, place) for place in (131_071, 131_072)] == [
        "https://balai.example/verifikasi/status/0.json",
        "https://balai.example/verifikasi/status/1.json",
    ]


@pytest.mark.parametrize("said", [SAID, saying(score=-1), saying(score=860), saying(demo=True, kind="kompetensi")])
def test_what_was_built_is_read(said):
    read = openbadge.read(written(signed(said)))
    assert (read.statement, read.key_id, read.fits(OURS.public)) == (said, statement.key_id(OURS.public), True)


def test_the_person_is_hashed_as_the_standard_says():
    """Open Badges 3.0, IdentityHash: "sha256$" and the hash of the identifier followed by the salt."""
    from hashlib import sha256

    identity = signed()["credentialSubject"]["identifier"][1]
    expected = sha256(f"{FACTS.person}{identity['salt']}".encode()).hexdigest()
    assert (identity["identityHash"], identity["hashed"]) == (f"sha256${expected}", True)


def paths(value, path=()):
    """Every place in a JSON document that holds a plain value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from paths(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from paths(inner, (*path, place))
    else:
        yield path


PATHS = sorted(paths(signed()), key=str)


@settings(deadline=None)
@given(
    st.sampled_from(PATHS),
    st.text(st.characters(codec="utf-8"), max_size=20) | st.integers() | st.none() | st.lists(st.just({})),
)
def test_no_altered_value_is_valid(path, value):
    document = signed()
    inside = document
    for step in path[:-1]:
        inside = inside[step]
    before, inside[path[-1]] = inside[path[-1]], value
    verdict = Verifier(OURS.ring()).credential(written(document))
    assert (verdict.state == State.VALID) == (value == before and type(value) is type(before))


@pytest.mark.parametrize(
    "addition",
    [
        {"evidence": [{"id": "https://evil.example", "type": ["Evidence"]}]},
        {"@context": [dataintegrity.CREDENTIALS, "https://evil.example/context"]},
        {"@graph": []},
        {"proof": [{}, {}]},
    ],
)
def test_what_we_would_not_write_is_not_read(addition):
    with pytest.raises(Unreadable):
        openbadge.read(written({**signed(), **addition}))


@given(st.binary(max_size=400))
def test_noise_is_not_read(content):
    with pytest.raises(Unreadable):
        openbadge.read(content)


def test_a_large_file_is_not_read():
    with pytest.raises(Unreadable):
        openbadge.read(written({**signed(), "name": "x" * openbadge.LARGEST}))


def test_the_did_names_a_port_and_keeps_a_revoked_key_from_asserting():
    from datetime import date

    from .conftest import KeyRing, PublicKey

    ring = KeyRing(
        "B", [PublicKey(OURS.public, date(2026, 1, 1), date(2026, 5, 1)), PublicKey(OTHERS.public, date(2026, 5, 1))]
    )
    old, new = (statement.key_id(one.public) for one in (OURS, OTHERS))
    document = didweb.document("http://127.0.0.1:8000", ring)
    assert document["id"] == "did:web:127.0.0.1%3A8000"
    assert [method.get("revoked") for method in document["verificationMethod"]] == ["2026-05-01T00:00:00Z", None]
    assert document["assertionMethod"] == [f"did:web:127.0.0.1%3A8000#{new}"]
    assert document["verificationMethod"][0]["id"] == f"did:web:127.0.0.1%3A8000#{old}"

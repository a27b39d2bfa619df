"""eddsa-rdfc-2022 against the W3C's own vectors (see vectors/README.md)."""

import copy
import json
from pathlib import Path

import pytest

from balai.credentials import dataintegrity, multibase
from balai.credentials.dataintegrity import UnknownContext

from .conftest import OTHERS, OURS

W3C_KEY = multibase.raw_public_key("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
_SCHEMA, _CITIZEN = "https://schema.org/", "https://w3id.org/citizenship#"
_DATE = "http://www.w3.org/2001/XMLSchema#dateTime"
_PERSON = {
    **{name: f"{_SCHEMA}{name}" for name in ("additionalName", "familyName", "gender", "givenName")},
    "birthCountry": f"{_CITIZEN}birthCountry",
    "birthDate": {"@id": f"{_SCHEMA}birthDate", "@type": _DATE},
    "image": {"@id": f"{_SCHEMA}image", "@type": "@id"},
}
_EMPLOYABLE = {
    "employmentAuthorizationDocument": {"@id": f"{_CITIZEN}employmentAuthorizationDocument", "@type": "@id"},
    "residentSince": {"@id": f"{_CITIZEN}residentSince", "@type": _DATE},
}
_DOCUMENT = {
    "identifier": f"{_SCHEMA}identifier",
    "lprCategory": f"{_CITIZEN}lprCategory",
    "lprNumber": f"{_CITIZEN}lprNumber",
}
CONTEXTS = {
    "https://www.w3.org/ns/credentials/examples/v2": {
        "@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
    },
    "https://w3id.org/citizenship/v4rc1": {
        "@context": {
            "Person": {"@id": f"{_SCHEMA}Person", "@context": _PERSON},
            "EmployablePerson": {"@id": f"{_CITIZEN}EmployablePerson", "@context": _EMPLOYABLE},
            "EmploymentAuthorizationDocument": {
                "@id": f"{_CITIZEN}EmploymentAuthorizationDocument",
                "@context": _DOCUMENT,
            },
            "EmploymentAuthorizationDocumentCredential": f"{_CITIZEN}EmploymentAuthorizationDocumentCredential",
            "image": {"@id": f"{_SCHEMA}image", "@type": "@id"},
        }
    },
}


@pytest.fixture(params=["alumni", "employment"])
def vector(request):
    return json.loads((Path(__file__).parent / "vectors" / f"{request.param}.json").read_text())


def parts(signed):
    proof = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    return {name: value for name, value in signed.items() if name != "proof"}, proof


def test_the_bytes_to_sign_are_those_of_the_vector(vector):
    document, proof = parts(vector["signed"])
    assert dataintegrity.hash_data(document, proof, CONTEXTS).hex() == vector["hash_data"]


def test_the_proof_of_the_vector_fits(vector):
    assert dataintegrity.proof_fits(vector["signed"], W3C_KEY, CONTEXTS)
    assert not dataintegrity.proof_fits(vector["signed"], OURS.public, CONTEXTS)


def test_an_altered_vector_does_not_fit(vector):
    for path, value in (("name", "Other"), ("validFrom", "2030-01-01T00:00:00Z")):
        assert not dataintegrity.proof_fits({**vector["signed"], path: value}, W3C_KEY, CONTEXTS)
    moved = copy.deepcopy(vector["signed"])
    moved["proof"]["created"] = "2024-01-01T00:00:00Z"
    assert not dataintegrity.proof_fits(moved, W3C_KEY, CONTEXTS)


def test_what_we_sign_fits_our_key_only(vector):
    document, proof = parts(vector["signed"])
    local = {**document, "@context": [dataintegrity.CREDENTIALS]}
    local = {name: local[name] for name in ("@context", "type", "name", "validFrom")} | {
        "type": ["VerifiableCredential"],
        "issuer": "did:web:balai.example",
    }
    signed = dataintegrity.add_proof(local, "did:web:balai.example#k", proof["created"], OURS.sign)
    assert dataintegrity.proof_fits(signed, OURS.public)
    assert not dataintegrity.proof_fits(signed, OTHERS.public)


def test_a_context_that_is_not_in_the_package_is_never_fetched():
    document = {"@context": ["https://evil.example/context"], "name": "x"}
    with pytest.raises(Exception) as caught:  # noqa: PT011  (PyLD wraps what the loader raises)
        dataintegrity.hash_data(document, {"type": "DataIntegrityProof"})
    chain, error = [], caught.value
    while error:
        chain.append(type(error))
        error = error.__cause__
    assert UnknownContext in chain


@pytest.mark.parametrize("value", ["", "x", "z0", "zO0Il", "z"])
def test_a_proof_value_that_is_no_multibase_does_not_fit(vector, value):
    broken = copy.deepcopy(vector["signed"])
    broken["proof"]["proofValue"] = value
    assert not dataintegrity.proof_fits(broken, W3C_KEY, CONTEXTS)


@pytest.mark.parametrize("raw", [b"", b"\0", b"\0\0\1", b"\xff" * 34, bytes(range(64))])
def test_base58_there_and_back(raw):
    assert multibase.decode(multibase.encode(raw)) == raw


def test_a_base58_text_of_the_draft():
    """https://datatracker.ietf.org/doc/html/draft-msporny-base58-03#section-5"""
    assert multibase.encode(b"Hello World!") == "z2NEpo7TZRRrLZSi2U"

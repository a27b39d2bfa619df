"""Valid, forged, altered, revoked, unreadable, an example: told apart by public keys alone."""

import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.credentials import openbadge, statement
from balai.credentials.checking import CHECKED, Verifier
from balai.credentials.keyring import BadKeyFile, KeyRing
from balai.credentials.revocations import BadRevocationFile, RevocationList
from balai.credentials.verdict import State, Verdict

from .conftest import OTHERS, OURS, SAID, saying

NOON = datetime(2026, 11, 30, 5, tzinfo=UTC)
LIST = RevocationList(NOON, {"0007/BALAI/XI/2026": date(2026, 11, 25)})
OURS_ONLY = Verifier(OURS.ring(), LIST)
AFTER_THEFT = OURS.ring(revoked_from=date(2026, 10, 1))


def altered(text: str) -> str:
    """One sign in the middle of the name is another one."""
    other = "A" if text[40] != "A" else "B"
    return text[:40] + other + text[41:]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (OURS.write(SAID), Verdict(State.VALID, SAID, "Balai Belajar", None, NOON)),
        (OTHERS.write(SAID), Verdict(State.FORGED)),
        (altered(OURS.write(SAID)), Verdict(State.ALTERED)),
        (
            OURS.write(saying(number="0007/BALAI/XI/2026")),
            Verdict(State.REVOKED, saying(number="0007/BALAI/XI/2026"), "Balai Belajar", date(2026, 11, 25), NOON),
        ),
        (
            OURS.write(saying(demo=True)),
            Verdict(State.DEMO, saying(demo=True), "Balai Belajar", None, NOON, example_of=State.VALID),
        ),
        (OTHERS.write(saying(demo=True)), Verdict(State.DEMO)),
        (altered(OURS.write(saying(demo=True))), Verdict(State.ALTERED)),
        ("selamat pagi", Verdict(State.UNREADABLE)),
        ("", Verdict(State.UNREADABLE)),
        ("A" * 3000, Verdict(State.UNREADABLE)),
    ],
)
def test_each_end_is_told_apart(text, verdict):
    assert OURS_ONLY.text(text) == verdict


def test_without_a_list_a_verdict_says_that_none_was_looked_at():
    assert Verifier(OURS.ring()).text(OURS.write(SAID)) == Verdict(State.VALID, SAID, "Balai Belajar")


def test_a_made_up_signature_under_our_key_id_is_altered_not_valid():
    forged = statement.write(SAID, OURS.public, OTHERS.sign)
    assert OURS_ONLY.text(forged) == Verdict(State.ALTERED)


@pytest.mark.parametrize("registered", [None, lambda said: False])
def test_what_a_stolen_key_signed_is_not_believed_whatever_its_date(registered):
    verifier = Verifier(AFTER_THEFT, LIST, registered)
    early = saying(issued=statement.to_day(date(2026, 1, 1)))
    end = Verdict(State.KEY_REVOKED, None, "Balai Belajar", date(2026, 10, 1))
    assert [verifier.text(OURS.write(said)) for said in (SAID, early)] == [end, end]


def test_the_register_saves_what_was_signed_before_the_theft():
    verifier = Verifier(AFTER_THEFT, LIST, lambda said: said == SAID)
    assert verifier.text(OURS.write(SAID)).state == State.VALID
    assert verifier.text(OURS.write(saying(name="Orang Lain"))).state == State.KEY_REVOKED


@given(st.binary(max_size=600) | st.text(max_size=600).map(str.encode))
def test_no_file_breaks_the_check(content):
    assert OURS_ONLY.content(content) == Verdict(State.UNREADABLE)
    assert OURS_ONLY.content(b"%PDF-1.7\n" + content) == Verdict(State.UNREADABLE)


def test_a_file_with_two_proofs_is_as_good_as_the_worse():
    links = [f"/V/{text}".encode() for text in (OURS.write(SAID), altered(OURS.write(SAID)))]
    assert OURS_ONLY.content(b"%PDF-1.7 " + b" ".join(links)).state == State.ALTERED


class Counted(KeyRing):
    """Says how often a key was asked for: once for each proof that is checked."""

    asked = 0

    def get(self, id):
        self.asked += 1
        return super().get(id)


def counted() -> Counted:
    return Counted("Balai Belajar", list(OURS.ring()))


def pdf(links: Iterable[str], attachments: Iterable[bytes] = ()) -> bytes:
    streams = b"".join(b"stream\n" + zlib.compress(content) + b"\nendstream\n" for content in attachments)
    return b"%PDF-1.7 " + b" ".join(f"/V/{link}".encode() for link in links) + b"\n" + streams


def test_of_a_file_full_of_codes_only_the_first_few_are_checked(monkeypatch):
    ring = counted()
    codes = [OURS.write(saying(number=f"{place:04}/BALAI/XI/2026")) for place in range(20)]
    content = pdf(codes * 2, [b"{}"] * 90)
    read = []
    monkeypatch.setattr(openbadge, "read", lambda text: read.append(text) or unreadable())
    verdict = Verifier(ring, LIST).content(content)
    assert (ring.asked, len(read)) == (CHECKED, CHECKED)
    assert (verdict.state, verdict.unchecked, verdict.good) == (State.ALTERED, True, False)
    assert "kode lain yang tidak diperiksa" in verdict.happened


def unreadable():
    raise openbadge.Unreadable


def test_a_valid_code_among_others_that_nobody_looked_at_is_not_called_good():
    junk = ["A" * (200 + place) for place in range(CHECKED)]
    alone, among = (Verifier(OURS.ring(), LIST).content(pdf([OURS.write(SAID), *more])) for more in ([], junk))
    assert (alone.state, alone.good, alone.unchecked) == (State.VALID, True, False)
    assert (among.state, among.good, among.unchecked) == (State.VALID, False, True)
    assert "satu sertifikat saja" in among.advice


def test_one_code_written_many_times_is_one_code():
    assert Verifier(OURS.ring(), LIST).content(pdf([OURS.write(SAID)] * 50)) == OURS_ONLY.text(OURS.write(SAID))


def test_every_end_is_told_in_plain_words():
    told = [Verdict(state, SAID, "Balai", date(2026, 1, 2), NOON) for state in State]
    assert all(verdict.title and verdict.happened and verdict.advice for verdict in told)
    assert not any("{" in verdict.happened for verdict in told)
    assert [verdict.good for verdict in told].count(True) == 1


def test_a_verdict_for_programs_is_json():
    told = msgspec.json.decode(msgspec.json.encode(OURS_ONLY.text(OURS.write(SAID)).as_dict()))
    assert told["state"] == "valid"
    assert told["revocations_as_of"] == "2026-11-30T05:00:00+00:00"
    assert told["statement"] == {
        "number": "0123/BALAI/XI/2026",
        "name": "Siti Aminah, S.Sos.",
        "place": "Sekretaris Desa Terbanggi Besar, Kabupaten Lampung Tengah",
        "course": "Kenal HP dan Internet",
        "kind": "pelatihan",
        "hours": 2,
        "started_on": "2026-11-01",
        "finished_on": "2026-11-20",
        "issued_on": "2026-11-21",
        "expires_on": None,
        "score": 865,
        "demo": False,
    }


def test_exported_keys_are_read_back():
    ring = KeyRing.read(AFTER_THEFT.write(NOON))
    assert (ring.issuer, list(ring)) == ("Balai Belajar", list(AFTER_THEFT))


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"format":"x"}', OURS.ring().write(NOON)[:-20]])
def test_what_is_no_file_of_keys_is_refused(content):
    with pytest.raises(BadKeyFile):
        KeyRing.read(content)


def test_a_key_file_whose_ids_do_not_fit_is_refused():
    with pytest.raises(BadKeyFile):
        KeyRing.read(OURS.ring().write(NOON).replace(statement.key_id(OURS.public).encode(), b"00000000"))


def test_an_exported_list_is_read_back():
    content = LIST.write(statement.key_id(OURS.public), OURS.sign)
    assert RevocationList.read(content, OURS.ring()) == LIST


def test_a_list_is_believed_only_if_a_key_of_the_ring_signed_it():
    content = LIST.write(statement.key_id(OURS.public), OURS.sign)
    for bad in (content.replace(b"0007", b"0008"), content[:-9], b"{}"):
        with pytest.raises(BadRevocationFile):
            RevocationList.read(bad, OURS.ring())
    with pytest.raises(BadRevocationFile):
        RevocationList.read(content, OTHERS.ring())

"""Ids, clock, canonical form, seals."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from balai.common import canonical, clock, ids, sealing

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii", exclude_characters="\0")), inner)
    ),
)


class Payload(msgspec.Struct):
    """Fields that are not in the order of their names."""

    second: int = 2
    first: str = "satu"


@given(json_values)
def test_the_canonical_form_is_rfc_8785(value):
    assert canonical.encode(value).encode() == rfc8785.dumps(value)


def test_a_struct_is_written_as_its_fields_in_the_order_of_their_names():
    assert canonical.encode(Payload()) == '{"first":"satu","second":2}'


@given(json_values)
def test_what_is_canonical_is_known_as_such(value):
    assert canonical.is_canonical(canonical.encode(value))


@pytest.mark.parametrize(
    "text",
    ["", "bukan", '{"b":1,"a":2}', '{"a":1,"a":1}', '{"a": 1}', "[0.5]", '"\\u0061"', '"\\u0000"', '"\\ud800"', "1e3",
     "\0", "[" * 9_999 + "]" * 9_999, str(2**60)],
)  # fmt: skip
def test_what_has_another_form_is_not_canonical(text):
    assert not canonical.is_canonical(text)


@pytest.mark.parametrize("value", [0.5, [1.0], {"a": 2**53 + 1}, {"ä": 1}, "a\0b", {"\0": 1}])
def test_what_not_every_node_can_hold_is_refused(value):
    with pytest.raises(ValueError, match=r"integer|ASCII|NUL"):
        canonical.encode(value)


def test_ids_are_version_7_and_increase():
    made = [ids.uuid7() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert {(id.version, id.variant) for id in made} == {(7, "specified in RFC 4122")}


def test_a_derived_id_depends_on_cause_and_parts_alone():
    cause = UUID(int=7)
    assert ids.derived(cause, "a", "b") == ids.derived(cause, "a", "b")
    assert len({ids.derived(cause, "a"), ids.derived(cause, "b"), ids.derived(UUID(int=8), "a")}) == 3


def test_the_clock_increases_while_the_wall_clock_stands_or_goes_back():
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    with clock.frozen(noon):
        first, second = clock.now(), clock.now()
        assert (first, second) == (noon, noon + timedelta(microseconds=1))
        clock.absorb(noon + timedelta(minutes=4))
        assert clock.now() == noon + timedelta(minutes=4, microseconds=1)


def test_a_remote_clock_far_ahead_is_not_absorbed():
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    with clock.frozen(noon):
        clock.absorb(noon + timedelta(days=400))
        assert clock.now() == noon


@given(st.binary(), st.binary())
def test_only_the_receiver_opens_a_seal_and_only_in_its_context(plain, context):
    receiver, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    sealed = sealing.seal(sealing.public_bytes(receiver.public_key()), plain, context)
    assert sealing.unseal(receiver, sealed, context) == plain
    for key, text, where in [
        (other, sealed, context),
        (receiver, sealed, context + b"."),
        (receiver, sealed[:-1] + bytes([sealed[-1] ^ 1]), context),
        (receiver, sealed[:40], context),
    ]:
        with pytest.raises(sealing.SealBroken):
            sealing.unseal(key, text, where)

"""Sealed counts: opened again with the right key, anything at all with another."""

from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from consultation import seal

WHERE = "c_north:2026-Q1"


@given(st.integers(0, 10_000), st.integers(1, 2**40), st.integers(0, 5), st.text("0123456789abcdef", min_size=32))
def test_what_was_sealed_is_opened(count, subject, value, nonce):
    mask = seal.masks(nonce, where=WHERE)[0](subject, value)

    assert seal.opened(seal.sealed(count, mask), mask) == count
    assert 0 <= seal.sealed(count, mask) < 2**62


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_new_nonce_hides_whether_anything_changed(before, after):
    masks = [seal.masks(nonce, where=WHERE)[0](7, 3) for nonce in ("a" * 32, "b" * 32)]

    # Equal with a chance of 1 in 2^62 only.
    assert seal.sealed(before, masks[0]) != seal.sealed(after, masks[1])


def test_subjects_values_rounds_and_keys_have_masks_of_their_own():
    nonce = "a" * 32
    some = [
        seal.masks(nonce, where=where)[0](s, v) for where in (WHERE, "c_south:2026-Q1") for s in (1, 2) for v in (3, 4)
    ]
    with override_settings(SECRET_KEY="another"):
        other = seal.masks(nonce, where=WHERE)[0](1, 3)

    assert len({*some, other}) == 9


def test_an_earlier_key_is_tried_too():
    with override_settings(SECRET_KEY="earlier"):
        then = seal.masks("n", where=WHERE)[0](1, 1)
    with override_settings(SECRET_KEY="now", SECRET_KEY_FALLBACKS=["earlier"]):
        assert seal.masks("n", where=WHERE)[1](1, 1) == then

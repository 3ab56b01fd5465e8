"""What is taken for a photo, and how it is called."""

import pytest

from ets_desktop.domain.errors import RuleViolation
from ets_desktop.domain.photos import (
    MOST_BYTES,
    MOST_PHOTOS,
    is_photo_reference,
    photo_kind,
    photo_reference,
    with_photos,
)

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 20


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, "jpg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
    ],
)
def test_a_photo_is_known_by_what_is_in_it(content: bytes, kind: str) -> None:
    assert photo_kind(content) == kind


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\x00", b"<svg/>", b"#!/bin/sh", b"RIFF\x10\x00\x00\x00WAVE", b"\xff\xd8"],
)
def test_anything_else_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(RuleViolation) as refusal:
        photo_kind(content)
    assert refusal.value.code == "photo_not_an_image"


def test_a_photo_has_its_limit() -> None:
    assert photo_kind(JPEG.ljust(MOST_BYTES, b"0")) == "jpg"
    with pytest.raises(RuleViolation) as refusal:
        photo_kind(JPEG.ljust(MOST_BYTES + 1, b"0"))
    assert (refusal.value.code, refusal.value.details["limit"]) == ("photo_too_large", 15)


def test_no_other_text_is_a_reference() -> None:
    good = photo_reference("a1" * 32, "png")
    assert is_photo_reference(good)
    for bad in ("", "a.jpg", f"../{good}", f"{good}\n", good.upper(), good[:-3] + "exe"):
        assert not is_photo_reference(bad)


def test_a_line_has_each_photo_once_and_not_any_number() -> None:
    assert with_photos(("a", "b"), ("b", "c")) == ("a", "b", "c")
    many = tuple(str(number) for number in range(MOST_PHOTOS))
    assert with_photos(many, many) == many
    with pytest.raises(RuleViolation) as refusal:
        with_photos(many, ("more",))
    assert refusal.value.code == "too_many_photos"

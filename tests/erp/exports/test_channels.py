"""The contract of every channel: recognised by its own file and by no other's, and read right."""

from pathlib import Path

import pytest

from ets_desktop.domain.errors import EtsError
from ets_desktop.erp.exports.channels import CHANNEL_OF_CODE, CHANNELS, Preset, channel_named
from ets_desktop.erp.exports.columns import COMMON
from ets_desktop.erp.exports.parse import open_export
from ets_desktop.erp.exports.statuses import STATUS_OF_WORD
from tests.erp.exports.samples import ADDRESS, SAMPLES

codes = pytest.mark.parametrize("code", [preset.code for preset in CHANNELS])
presets = pytest.mark.parametrize("preset", CHANNELS, ids=lambda preset: preset.code)


@codes
def test_a_channel_is_recognised_by_its_own_file(code: str, tmp_path: Path) -> None:
    export = open_export(SAMPLES[code].write(tmp_path / "주문 파일 (1)"))
    assert (export.channel, export.header_row) == (code, SAMPLES[code].header_row)


@codes
def test_no_other_channel_reads_the_file_as_its_own(code: str, tmp_path: Path) -> None:
    file = SAMPLES[code].write(tmp_path / "orders")
    others = [preset for preset in CHANNELS if preset.code != code]
    for other in others:
        with pytest.raises(EtsError):
            open_export(file, channel=other)


@codes
def test_an_order_and_its_line_are_read(code: str, tmp_path: Path) -> None:
    sample = SAMPLES[code]
    export = open_export(sample.write(tmp_path / "orders"))
    (order,) = export.orders()
    (line,) = order.lines
    assert export.outcome().bad_rows == ()
    assert (order.head.order_no, line.line_no) == (sample.order_no, sample.line_no)
    assert (line.product, line.quantity, line.amount) == (
        sample.product,
        sample.quantity,
        sample.amount,
    )
    assert (order.head.recipient_phones, order.head.zipcode, order.head.address) == (
        (sample.phone,),
        sample.zipcode,
        ADDRESS,
    )
    assert order.head.ordered_at is not None
    assert order.head.ordered_at.isoformat() == sample.ordered_at
    assert line.order_status == sample.status


@presets
def test_a_preset_names_only_fields_that_are_read(preset: Preset) -> None:
    known = {
        *COMMON, "line_no", "bundle_no", "amount", "unit_price", "option_price", "amount_first",
        "discount_first", "partial_claim", "status_detail", "address_base", "confirmed_at",
        "shipping_fee", "order_total", "order_paid", "mall", "ordered_time",
    }  # fmt: skip
    assert set(preset.own_columns) <= known


@presets
def test_status_words_of_a_preset_are_order_statuses(preset: Preset) -> None:
    assert set(preset.statuses.values()) <= set(STATUS_OF_WORD.values())


def test_codes_and_names_are_taken_once() -> None:
    names = [
        name.casefold()
        for preset in CHANNELS
        for name in {preset.code, preset.name, *preset.aliases}
    ]
    assert len(names) == len(set(names))
    assert len(CHANNEL_OF_CODE) == len(CHANNELS) == len(SAMPLES)


@pytest.mark.parametrize("name", ["st11", "11번가", "11ST", " 11 번가 "])
def test_a_channel_goes_by_code_korean_name_and_nickname(name: str) -> None:
    found = channel_named(name)
    assert found is not None
    assert found.code == "st11"


def test_an_unknown_channel_is_none() -> None:
    assert channel_named("노점") is None

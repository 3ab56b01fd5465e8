"""What the settings file and the environment may say, and what is refused."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ets_desktop.domain.errors import EtsError
from ets_desktop.settings import (
    ArsDoor,
    DatabaseSettings,
    DeskSettings,
    GatewayLink,
    Settings,
    SettingsError,
    load_settings,
)
from ets_desktop.ui.labels import ERRORS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refused(file: Path, environ: dict[str, str] | None = None) -> tuple[str, object]:
    with pytest.raises(SettingsError) as caught:
        load_settings(file, environ or {})
    return caught.value.code, caught.value.details.get("key")


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert load_settings(file, {}) == Settings()
    assert Settings().database.url is None
    assert Settings().desk == DeskSettings(tone=True, font_size=13, theme="system")


def test_the_file_lies_in_the_config_folder(tmp_path: Path) -> None:
    environ = {"ETS_HOME": str(tmp_path)}
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("[desk]\nfont_size = 15\n")
    assert load_settings(environ=environ).desk.font_size == 15


def test_everything_can_be_said(file: Path) -> None:
    file.write_text(
        """
        [database]
        url = "postgresql://agent@db.example/ets"
        [desk]
        tone = false
        font_size = 16
        theme = "dark"
        [gateway]
        wire_log_mb = 5
        [gateway.ars]
        listen = "127.0.0.1:8081"
        path = "/5c1f0e7a9b3d4c62/ars.json"
        [[gateway.links]]
        name = "본사"
        vendor = "asterisk"
        host = "127.0.0.1"
        queues = ["600"]
        [[gateway.links]]
        name = "연습"
        vendor = "simulator"
        """,
        encoding="utf-8",
    )
    settings = load_settings(file, {})
    assert settings.database == DatabaseSettings("postgresql://agent@db.example/ets")
    assert settings.desk == DeskSettings(tone=False, font_size=16, theme="dark")
    assert settings.gateway.wire_log_mb == 5
    assert settings.gateway.ars == ArsDoor("127.0.0.1", 8081, "/5c1f0e7a9b3d4c62/ars.json")
    assert settings.gateway.links == (
        GatewayLink("본사", "asterisk", {"host": "127.0.0.1", "queues": ["600"]}),
        GatewayLink("연습", "simulator"),
    )


def test_a_couriers_table_is_handed_on_as_it_stands(file: Path) -> None:
    file.write_text('[couriers.cj]\ncust_id = "1"\n[couriers.centre]\nname = "반품센터"\n', "utf-8")
    assert load_settings(file, {}).couriers == {
        "cj": {"cust_id": "1"},
        "centre": {"name": "반품센터"},
    }


def test_the_environment_stands_over_the_file(file: Path) -> None:
    file.write_text('[database]\nurl = "postgresql://a/b"\n[desk]\ntheme = "dark"\n')
    environ = {
        "ETS_DATABASE_URL": "postgresql://c/d",
        "ETS_TONE": "0",
        "ETS_FONT_SIZE": "20",
        "ETS_DEMO_PASSWORD": "비밀",
        "ETS_THEME": "",
    }
    settings = load_settings(file, environ)
    assert settings.database.url == "postgresql://c/d"
    assert settings.desk == DeskSettings(tone=False, font_size=20, theme="dark")
    assert settings.demo_password == "비밀"


def test_photos_of_a_house_go_where_it_says(file: Path, tmp_path: Path) -> None:
    shared = tmp_path / "반품 사진"
    assert load_settings(file, {}).desk.photo_folder is None
    file.write_text(f"[desk]\nphoto_folder = '{shared}'\n", encoding="utf-8")
    assert load_settings(file, {}).desk.photo_folder == shared
    with pytest.raises(SettingsError):
        load_settings(file, {"ETS_PHOTO_FOLDER": "photos"})


def test_the_debug_mode_is_asked_for(file: Path) -> None:
    assert not load_settings(file, {}).desk.debug
    assert load_settings(file, {"ETS_DEBUG": "1"}).desk.debug
    file.write_text("[desk]\ndebug = true\n")
    assert load_settings(file, {}).desk.debug
    assert not load_settings(file, {"ETS_DEBUG": "0"}).desk.debug


def test_notepads_mark_before_utf8_is_read_over(file: Path) -> None:
    file.write_bytes('\ufeff[desk]\ntheme = "light"\n'.encode())
    assert load_settings(file, {}).desk.theme == "light"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("colour = 1", "colour"),
        ("[desk]\ntones = true", "desk.tones"),
        ("[database]\nhost = 'x'", "database.host"),
        ("[gateway]\nlink = []", "gateway.link"),
    ],
)
def test_an_unknown_key_is_refused(file: Path, text: str, key: str) -> None:
    file.write_text(text)
    assert refused(file) == ("settings_unknown_key", key)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("desk = 1", "desk"),
        ("[couriers]\ncj = 1", "couriers.cj"),
        ("[desk]\nfont_size = '13'", "desk.font_size"),
        ("[desk]\nfont_size = true", "desk.font_size"),
        ("[desk]\nfont_size = 4", "desk.font_size"),
        ("[desk]\ntone = 1", "desk.tone"),
        ("[desk]\ntheme = 'pink'", "desk.theme"),
        ("[database]\nurl = 'mysql://x'", "database.url"),
        ("[gateway]\nlinks = ['x']", "gateway.links"),
        ("[gateway]\nwire_log_mb = -1", "gateway.wire_log_mb"),
        ("[gateway.ars]\nlisten = '127.0.0.1:8081'", "gateway.ars.path"),
        ("[gateway.ars]\nlisten = '127.0.0.1:8081'\npath = '/short/ars'", "gateway.ars.path"),
        (f"[gateway.ars]\nlisten = '0.0.0.0:0'\npath = '/{'x' * 30}'", "gateway.ars.listen"),
        (f"[gateway.ars]\nlisten = 'shop:8081'\npath = '/{'x' * 30}'", "gateway.ars.listen"),
        (f"[gateway.ars]\npath = '/{'x' * 30}'", "gateway.ars.listen"),
        ("[[gateway.links]]\nvendor = 'simulator'", "gateway.links[0].name"),
        ("[[gateway.links]]\nname = 'a'\nvendor = 'nortel'", "gateway.links[0].vendor"),
        (
            "[[gateway.links]]\nname = 'a'\nvendor = 'replay'\n"
            "[[gateway.links]]\nname = 'a'\nvendor = 'replay'",
            "gateway.links[1].name",
        ),
    ],
)
def test_a_bad_value_is_refused_by_its_key(file: Path, text: str, key: str) -> None:
    file.write_text(text)
    assert refused(file) == ("settings_bad_value", key)


@pytest.mark.parametrize(
    ("name", "text"),
    [("ETS_TONE", "loud"), ("ETS_FONT_SIZE", "big"), ("ETS_DATABASE_URL", "sqlite://")],
)
def test_a_bad_variable_is_refused_by_its_name(file: Path, name: str, text: str) -> None:
    assert refused(file, {name: text}) == ("settings_bad_value", name)


def test_an_error_does_not_repeat_the_value(file: Path) -> None:
    file.write_text("[database]\nurl = 'mysql://root:secret@x'")
    with pytest.raises(SettingsError) as caught:
        load_settings(file, {})
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_toml_is_told_with_its_place(file: Path) -> None:
    file.write_text("[desk\n")
    with pytest.raises(SettingsError, match="line 1") as caught:
        load_settings(file, {})
    assert caught.value.code == "settings_not_toml"


def test_a_file_in_another_encoding_is_told(file: Path) -> None:
    file.write_bytes('[desk]\ntheme = "밝게"'.encode("cp949"))
    assert refused(file)[0] == "settings_not_utf8"


def test_a_folder_in_place_of_the_file_is_told(file: Path) -> None:
    file.mkdir()
    assert refused(file)[0] == "settings_unreadable"


@pytest.mark.parametrize(
    ("name", "option", "key"),
    [
        ("office", 'user = "ets\\r\\nAction: Originate"', "user"),
        ("office", 'user = "ets\\u0000"', "user"),
        ("office", 'lines = { "0700000\\n0101" = "101" }', "lines"),
        ("office", 'queues = ["600\\r"]', "queues"),
        ("of\\nfice", 'user = "ets"', "name"),
    ],
)
def test_what_goes_over_a_wire_stands_on_one_line(
    file: Path, name: str, option: str, key: str
) -> None:
    file.write_text(f'[[gateway.links]]\nname = "{name}"\nvendor = "asterisk"\n{option}\n')
    assert refused(file) == ("settings_line_end", f"gateway.links[0].{key}")


def test_any_letter_may_stand_in_it(file: Path) -> None:
    file.write_text(
        '[[gateway.links]]\nname = "본사 　"\nvendor = "asterisk"\nport = 5038\ntls = true\n'
        'lines = { "07000000101" = "101" }\nqueues = ["é"]\n'
    )
    assert load_settings(file, {}).gateway.links[0].name == "본사 　"


values = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
KEYS = (
    *("database", "desk", "gateway", "erp", "couriers", "url", "tone", "font_size", "theme"),
    *("links", "name", "vendor", "wire_log_mb", "push", "pull", "to", "source", "debug"),
    *("ars", "listen", "path"),
)
tables: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(KEYS), st.deferred(lambda: tables) | values, max_size=4
)


def loads_or_refuses(file: Path, environ: dict[str, str]) -> None:
    told: EtsError | None = None
    try:
        load_settings(file, environ)
    except EtsError as error:
        told = error
    # In the words of the screens.
    assert told is None or told.code in ERRORS


@given(content=st.binary(max_size=120) | st.text(max_size=120).map(str.encode))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_settings_or_refused_in_words(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    loads_or_refuses(file, {})


@given(told=tables)
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tables_are_settings_or_refused_in_words(file: Path, told: dict[str, Any]) -> None:
    file.write_text("".join(f"{key} = {_toml(value)}\n" for key, value in told.items()), "utf-8")
    loads_or_refuses(file, {})


def _toml(value: object) -> str:
    if isinstance(value, dict):
        inside = (f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value)


@given(
    environ=st.dictionaries(
        st.sampled_from(
            ["ETS_DATABASE_URL", "ETS_TONE", "ETS_FONT_SIZE", "ETS_THEME", "ETS_PHOTO_FOLDER"]
        ),
        st.text(max_size=20) | st.just("9" * 5_000) | st.just("postgresql://\x00"),
    )
)
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_environment_is_settings_or_refused_in_words(
    file: Path, environ: dict[str, str]
) -> None:
    loads_or_refuses(file, environ)


def test_nesting_without_end_is_refused(file: Path) -> None:
    file.write_text("a = " + "[" * 100_000)
    assert refused(file)[0] == "settings_not_toml"

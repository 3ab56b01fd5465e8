"""What the server is told."""

from ets_desktop.local.server_settings import configuration, server_settings


def test_values_are_quoted() -> None:
    told = configuration({"log_directory": "C:\\홍 길동's"})
    assert told == "log_directory = 'C:\\\\홍 길동''s'\n"


def test_what_is_asked_for_wins() -> None:
    settings = server_settings(5433, "/log", {"fsync": "off", "jit": "on"})
    assert settings["port"] == "5433"
    assert settings["fsync"] == "off"
    assert settings["jit"] == "on"


def test_buffers_suit_the_machine() -> None:
    buffers = server_settings(5433, "/log", {})["shared_buffers"]
    assert 32 <= int(buffers.removesuffix("MB")) <= 256

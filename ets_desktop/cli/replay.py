"""`ets replay`: the story a recorded PBX stream tells, leg by leg."""

import json
from pathlib import Path

import click

from ets_desktop.cli.language import say
from ets_desktop.domain.calls import LegStory, tell
from ets_desktop.pbx.vendors.asterisk.recording import load_recording
from ets_desktop.pbx.wire.playback import play


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(file: Path, as_json: bool) -> None:
    """Tell what a recording of an Asterisk, or a wire log, says about each extension.

    One object a leg: phases in seconds since the recording began, numbers as the PBX showed them.
    """
    recording = load_recording(file)
    events = [event for _, told in play(recording, "replay") for event in told]
    stories = tell(events, recording.began)
    if as_json:
        click.echo(json.dumps([_record(story) for story in stories], ensure_ascii=False, indent=1))
        return
    if not stories:
        click.echo(say("통화가 없습니다.", "No calls."))
    for story in stories:
        click.echo(_line(story))


def _record(story: LegStory) -> dict[str, object]:
    return {
        "extension": story.extension,
        "direction": str(story.direction),
        "number": story.number,
        "dialled": story.dialled,
        "queue": story.queue,
        "phases": [[second, str(phase)] for second, phase in story.phases],
        "end": str(story.end) if story.end is not None else None,
        "via": story.via,
        "peers": [[second, number] for second, number in story.peers],
        "transferred_to": story.transferred_to,
        "transfer": story.transfer_kind,
    }


def _line(story: LegStory) -> str:
    place = " ".join(
        f"{name} {value}"
        for name, value in (("→", story.dialled), ("via", story.via), ("queue", story.queue))
        if value is not None
    )
    steps = sorted(
        [(second, str(phase)) for second, phase in story.phases]
        + [(second, f"peer {number}") for second, number in story.peers],
        key=lambda step: step[0],
    )
    phases = "  ".join(f"{second:.2f} {what}" for second, what in steps)
    to = f" → {story.transferred_to}" if story.transferred_to else ""
    number = story.number or "-"
    head = f"{story.extension:>6} {story.direction:<3} {number:<16} {place}"
    return f"{head}\n       {phases}\n       {story.end}{to}"

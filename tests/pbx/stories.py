"""Stories of recordings as lines of text, in the wording of `EXPECTED.txt`."""

from pathlib import Path

from ets_desktop.domain.calls import UNANSWERED_BY, End, LegEvent, LegStory, tell
from ets_desktop.pbx.vendors.asterisk.recording import Recording, load_recording, replayed

RECORDINGS = Path(__file__).parent.parent / "recordings"

WORDS = {
    End.NO_ANSWER: "no answer",
    End.ANSWERED_ELSEWHERE: "answered elsewhere",
    End.NOT_REACHABLE: "not reachable",
    End.LOST: "lost (connection or PBX gone)",
}

#: The reference tells what became of the customer's side of a click-to-call in the dial's words.
CUSTOMER = {"customer BUSY": "busy", "customer CANCEL": "no answer"}


def recording(name: str, folder: str = "ami") -> Recording:
    return load_recording(RECORDINGS / folder / f"{name}.ami")


def events_of(recorded: Recording, link: str = "test") -> list[LegEvent]:
    return [event for _, told in replayed(recorded, link) for event in told]


def stories_of(recorded: Recording) -> list[str]:
    return [line(story) for story in tell(events_of(recorded), recorded.began)]


def expected(folder: str = "ami") -> dict[str, list[str]]:
    """The expected lines by recording; comment lines begin with `--`."""
    by_name: dict[str, list[str]] = {}
    for text in (RECORDINGS / folder / "EXPECTED.txt").read_text("utf-8").splitlines():
        if text.startswith("## "):
            lines = by_name.setdefault(text[3:], [])
        elif text.strip() and not text.startswith("--"):
            words = " ".join(text.replace(" c2c ", " out ").split())
            head, _, end = words.rpartition(" | ")
            lines.append(f"{head} | {CUSTOMER.get(end, end)}")
    return by_name


def line(story: LegStory) -> str:
    words = [story.extension, str(story.direction), f"number={story.number}"]
    words.append(f"dialled={story.dialled or '-'}")
    words += ["via", story.via] if story.via else []
    words += ["queue", story.queue] if story.queue else []
    words.append("|")
    steps = [(second, str(phase)) for second, phase in story.phases]
    steps += [(second, f"peer {number}") for second, number in story.peers]
    words += [f"{second}:{what}" for second, what in sorted(steps, key=lambda step: step[0])]
    words += ["|", ending(story)]
    return " ".join(words)


def ending(story: LegStory) -> str:
    if story.end is End.TRANSFERRED:
        return f"transferred, {story.transfer_kind} to {story.transferred_to}"
    assert story.end is not None
    return WORDS.get(story.end, str(story.end))


def silent_party(recorded: Recording) -> list[str]:
    """Who left a click-to-call unanswered, as the events told it."""
    details = [event.details.get(UNANSWERED_BY) for event in events_of(recorded)]
    return [who for who in details if who is not None]

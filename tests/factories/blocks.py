"""A body that uses every block and every member of each."""

from dataclasses import dataclass, field, replace
from typing import Any

from tests.factories.identity import Blocks


@dataclass
class Targets:
    """The targets to which content points; where there are too few, they take turns."""

    goals: list[Any] = field(default_factory=list)
    areas: list[Any] = field(default_factory=list)
    strategies: list[Any] = field(default_factory=list)
    images: list[Any] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)
    municipalities: list[Any] = field(default_factory=list)
    programmes: list[Any] = field(default_factory=list)
    perspectives: list[Any] = field(default_factory=list)
    organisations: list[Any] = field(default_factory=list)
    indicators: list[Any] = field(default_factory=list)
    start: int = 0

    def take(self, kind: str, position: int) -> Any:
        """The target at a position, counted round."""
        targets = getattr(self, kind)
        return targets[(position + self.start) % len(targets)]

    def beginning_at(self, start: int) -> "Targets":
        """The same targets, beginning with another."""
        return replace(self, start=start)


def rich_text(text: str, *, page: Any = None, document: Any = None) -> str:
    """A paragraph with a link to each."""
    links = ""
    if page is not None:
        links += f' <a linktype="page" id="{page.pk}">sidan</a>'
    if document is not None:
        links += f' <a linktype="document" id="{document.pk}">filen</a>'
    return f"<p>{text}{links}</p>"


def film(name: str) -> dict[str, Any]:
    """The value of a video block."""
    return {
        "url": "https://www.youtube.com/watch?v=norrbotten1",
        "title": f"{name}, film",
        "transcript": rich_text(f"{name}, vad som sägs"),
    }


def key_figure(name: str) -> dict[str, Any]:
    """The value of a key figure block."""
    return {
        "value": 73.5,
        "label": f"{name}, mått",
        "unit": "procent",
        "year": 2023,
        "source": f"{name}, källa",
        "source_url": "https://example.org/figure",
    }


def body(
    name: str, targets: Targets, size: int = 1, *, with_indicator: bool = True
) -> list[dict[str, Any]]:
    """Every block, ``size`` times, each time with the next targets."""
    block = Blocks(f"{name} body")
    blocks: list[dict[str, Any]] = []
    for position in range(size):
        blocks += _body_blocks(block, name, targets, position)
        if with_indicator:
            indicator = targets.take("indicators", position)
            blocks.append(block("indicator", {"indicator": indicator.pk}))
    return blocks


def _body_blocks(block: Blocks, name: str, targets: Targets, position: int) -> list[dict[str, Any]]:
    page = targets.take("goals", position)
    area = targets.take("areas", position)
    document = targets.take("documents", position)
    image = targets.take("images", position)
    linked = rich_text(f"{name}, stycke", page=page, document=document)
    nothing: dict[str, Any] = {"page": None, "url": "", "document": None}
    return [
        block("heading", {"text": f"{name}, rubrik 2", "level": "2"}),
        block("heading", {"text": f"{name}, rubrik 3", "level": "3"}),
        block("heading", {"text": f"{name}, rubrik 4", "level": "4"}),
        block("paragraph", f"{linked}<p>{name}, andra stycket</p>"),
        block("quote", {"text": f"{name}, citat", "name": "Aili", "role": f"{name}, roll"}),
        block("fact_box", {"title": f"{name}, fakta", "text": rich_text("Fakta", page=area)}),
        block(
            "accordion",
            {
                "items": block.items(
                    {"title": f"{name}, fråga", "text": rich_text("Svar", page=area)},
                )
            },
        ),
        block(
            "image",
            {
                "image": {"image": image.pk, "alt_text": f"{name}, motiv", "decorative": False},
                "caption": f"{name}, bildtext",
            },
        ),
        block(
            "image",
            {
                "image": {"image": image.pk, "alt_text": "", "decorative": True},
                "caption": "",
            },
        ),
        block("video", film(name)),
        block("key_figure", key_figure(name)),
        block("table", table(name)),
        block("link", {**nothing, "text": f"{name}, till sidan", "page": page.pk}),
        block("link", {**nothing, "text": f"{name}, till adressen", "url": "https://example.org/"}),
        block("link", {**nothing, "text": f"{name}, till filen", "document": document.pk}),
        block(
            "page_list",
            {"title": f"{name}, sidor", "pages": block.items(page.pk, area.pk)},
        ),
    ]


def table(name: str) -> dict[str, Any]:
    """The value of a table block."""
    return {
        "data": [[f"{name}, kommun", "Antal"], ["Luleå", "12"], ["Kiruna", "–"]],
        "table_caption": f"{name}, tabell",
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "cell": [],
    }


def new_blocks(number: int, word: str) -> list[dict[str, Any]]:
    """Blocks in each of which a word stands; without ids, as a program writes a page anew."""
    made: list[dict[str, Any]] = []
    for count in range(number):
        text = f"{count} om {word} i länet"
        match count % 5:
            case 0:
                made.append({"type": "heading", "value": {"text": f"Rubrik {text}", "level": "2"}})
            case 4:
                made.append({"type": "quote", "value": {"text": f"Citat {text}"}})
            case _:
                html = f"<p>Stycke {text}, som <b>växer</b>.</p><p>Och ett till: {text}.</p>"
                made.append({"type": "paragraph", "value": html})
    return made

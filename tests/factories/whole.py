"""Pages of each type with every one of their fields used."""

import datetime as dt
import json
from typing import Any

from modelcluster.models import get_all_child_relations

from home.models import ContentPage, HomePage
from strategy import models as strategy
from strategy.models.areas import AreaPage
from tests.factories.blocks import Targets, body, film, key_figure, rich_text
from tests.factories.identity import Blocks


def fill(page: Any, targets: Targets, size: int = 1) -> Any:
    """Gives every field a value, publishes the page and returns it.

    ``size`` is the number of rows and of blocks of each kind.
    """
    for name, value in every_field(page, targets, size).items():
        set_field(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()
    return type(page).objects.get(pk=page.pk)


def set_field(page: Any, name: str, value: Any) -> None:
    """Sets a field; a list of rows for a child relation, of blocks for a stream."""
    relations = {relation.get_accessor_name(): relation for relation in _relations(page)}
    if name in relations:
        rows = [relations[name].related_model(**row) for row in value]
        for position, row in enumerate(rows):
            row.sort_order = position
        getattr(page, name).set(rows)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        setattr(page, name, json.dumps(value))
    else:
        setattr(page, name, value)


def _relations(page: Any) -> list[Any]:
    return [
        relation for relation in get_all_child_relations(type(page)) if relation.get_accessor_name()
    ]


def every_field(page: Any, targets: Targets, size: int = 1) -> dict[str, Any]:
    """The value of every field that the API serves, for a page of any type."""
    name = page.title
    fields: dict[str, Any] = {
        "seo_title": f"{name}, i sökmotorer",
        "search_description": f"{name}, beskrivning",
        "show_in_menus": True,
    }
    for page_type, fields_of_type in FIELDS.items():
        if isinstance(page, page_type):
            fields |= fields_of_type(name, targets, size)
    return fields


def _image(name: str, targets: Targets) -> dict[str, Any]:
    return {
        "image": targets.take("images", 0),
        "image_alt_text": f"{name}, motiv",
        "image_decorative": False,
    }


def _home(name: str, targets: Targets, size: int) -> dict[str, Any]:
    return {
        "greeting": f"{name}, hälsning",
        "vision": f"{name}, vision",
        "introduction": _introduction(name, targets, size),
        **_image(name, targets),
        "highlights": [{"page": targets.take("areas", number)} for number in range(size)],
    }


def _introduction(name: str, targets: Targets, size: int) -> str:
    return "".join(
        rich_text(
            f"{name}, inledning",
            page=targets.take("goals", number),
            document=targets.take("documents", number),
        )
        for number in range(size)
    )


def _content(name: str, targets: Targets, size: int) -> dict[str, Any]:
    return {
        "introduction": _introduction(name, targets, size),
        "body": body(name, targets, size, with_indicator=False),
    }


def _strategy(name: str, targets: Targets, size: int) -> dict[str, Any]:
    return {
        "short_name": "RUS",
        "vision": f"{name}, vision",
        "summary": f"{name}, sammanfattning",
        "period_start": 2024,
        "period_end": 2040,
        "adopted_on": dt.date(2024, 4, 17),
        "adopted_by": "Fullmäktige",
        "state": "in_force",
        "succeeds": targets.take("strategies", 0),
        "document": targets.take("documents", 0),
        "perspectives": [
            {"perspective": targets.take("perspectives", number)} for number in range(size)
        ],
        "body": body(name, targets, size),
    }


def _priority_area(name: str, targets: Targets, size: int) -> dict[str, Any]:
    return {
        "number": 1,
        "summary": f"{name}, sammanfattning",
        "challenges": _introduction(name, targets, size),
        "body": body(name, targets, size),
    }


def _goal(name: str, targets: Targets, size: int) -> dict[str, Any]:
    return {
        "statement": f"{name}, målbild",
        "target_year": 2030,
        "agenda_goals": [4, 8],
        "indicators": [
            {
                "indicator": targets.take("indicators", number),
                "baseline_value": 70.0,
                "baseline_year": 2019,
                "target_value": 80.0,
                "target_year": 2030,
            }
            for number in range(size)
        ],
        "body": body(name, targets, size),
    }


def _effort(name: str, targets: Targets, size: int) -> dict[str, Any]:
    return {
        "summary": f"{name}, sammanfattning",
        "status": "ongoing",
        "start_date": dt.date(2024, 1, 1),
        "end_date": dt.date(2026, 12, 31),
        "organisations": [
            {"organisation": targets.take("organisations", number)} for number in range(size)
        ],
        "areas": [{"area": targets.take("areas", number)} for number in range(size)],
        "body": body(name, targets, size),
    }


def _areas(name: str, targets: Targets, size: int) -> dict[str, Any]:
    return {
        "introduction": _introduction(name, targets, size),
        "body": body(name, targets, size),
    }


def _area(name: str, targets: Targets, size: int) -> dict[str, Any]:
    block = Blocks(f"{name} key figures")
    return {
        "lead": f"{name}, ingress",
        **_image(name, targets),
        "body": body(name, targets, size),
        "key_figures": [block("key_figure", key_figure(name)) for _number in range(size)],
        "goals": [{"goal": targets.take("goals", number)} for number in range(size)],
        "contact_name": "Elsa Niemi",
        "contact_role": f"{name}, strateg",
        "contact_email": "elsa@example.org",
        "contact_phone": "+46 920 000 00",
    }


def _plan(name: str, targets: Targets) -> dict[str, Any]:
    return {
        "plan_title": f"{name}, plan",
        "plan_start": 2024,
        "plan_end": 2027,
        "plan_document": targets.take("documents", 0),
    }


def _described(
    name: str, targets: Targets, number: int, *, title: str = "title", website: bool = False
) -> dict[str, Any]:
    """Title or name, description with a link, website: what most blocks of the areas share."""
    description = rich_text("Beskrivning", page=targets.take("goals", number))
    value = {title: name, "description": description}
    return {**value, "website": "https://example.org/"} if website else value


def _culture(name: str, targets: Targets, size: int) -> dict[str, Any]:
    block = Blocks(f"{name} culture")
    return {
        "audience": "visitors",
        "art_forms": [
            block("art_form", _described(f"{name}, konstform", targets, number, title="name"))
            for number in range(size)
        ],
        "venues": [
            block(
                "venue",
                {
                    **_described(f"{name}, scen", targets, number, title="name", website=True),
                    "municipality": targets.take("municipalities", number).pk,
                },
            )
            for number in range(size)
        ],
        **_plan(name, targets),
    }


def _climate(name: str, targets: Targets, size: int) -> dict[str, Any]:
    block = Blocks(f"{name} climate")
    return {
        "emission_targets": [
            block(
                "emission_target",
                {
                    "sector": f"{name}, sektor",
                    "base_year": 2010,
                    "target_year": 2030,
                    "reduction_percent": 85.5,
                },
            )
            for _number in range(size)
        ],
        "adaptation_measures": [
            block("adaptation_measure", _described(f"{name}, åtgärd", targets, number))
            for number in range(size)
        ],
    }


def _skills(name: str, targets: Targets, size: int) -> dict[str, Any]:
    block = Blocks(f"{name} skills")
    return {
        "needs": [
            block(
                "need",
                {
                    "trade": f"{name}, yrke",
                    "year": 2030,
                    "people": 1200,
                    "source": f"{name}, källa",
                },
            )
            for _number in range(size)
        ],
        "providers": [
            block(
                "provider",
                {
                    **_described(f"{name}, skola", targets, number, title="name", website=True),
                    "organisation": targets.take("organisations", number).pk,
                },
            )
            for number in range(size)
        ],
        "routes": [
            block("route", _described(f"{name}, väg", targets, number)) for number in range(size)
        ],
    }


def _transport(name: str, targets: Targets, size: int) -> dict[str, Any]:
    block = Blocks(f"{name} transport")
    return {
        "links": [
            block(
                "link",
                {
                    **_described(f"{name}, bana", targets, number, title="name"),
                    "mode": "rail",
                    "carries": "goods",
                    "open_all_year": True,
                },
            )
            for number in range(size)
        ],
        **_plan(name, targets),
    }


def _industry(name: str, targets: Targets, size: int) -> dict[str, Any]:
    block = Blocks(f"{name} industry")
    return {
        "establishments": [
            block(
                "establishment",
                {
                    "company": "Exempelstål",
                    "municipality": targets.take("municipalities", number).pk,
                    "product": f"{name}, stål",
                    "jobs": 1500,
                    "state": "construction",
                    "start_year": 2026,
                },
            )
            for number in range(size)
        ],
        "people_needed": 100_000,
        "people_needed_by": 2035,
        "people_needed_source": f"{name}, källa",
        "people_needed_source_url": "https://example.org/need",
    }


def _youth(name: str, targets: Targets, size: int) -> dict[str, Any]:
    block = Blocks(f"{name} youth")
    return {
        "question": f"{name}, fråga",
        "voices": [
            block(
                "voice",
                {
                    "quote": f"{name}, citat",
                    "name": "Inga",
                    "municipality": targets.take("municipalities", number).pk,
                },
            )
            for number in range(size)
        ],
        "offers": [
            block("offer", _described(f"{name}, erbjudande", targets, number, website=True))
            for number in range(size)
        ],
    }


def _stories(name: str, targets: Targets, size: int) -> dict[str, Any]:
    return {"introduction": _introduction(name, targets, size)}


def _story(name: str, targets: Targets, size: int) -> dict[str, Any]:
    block = Blocks(f"{name} story")
    return {
        "kind": "company",
        "lead": f"{name}, ingress",
        **_image(name, targets),
        "recipient": targets.take("organisations", 0),
        "programme": targets.take("programmes", 0),
        "municipality": targets.take("municipalities", 0),
        "amount_sek": 1_250_000,
        "year": 2023,
        "people": [
            block(
                "person",
                {"name": "Nils", "role": f"{name}, roll", "quote": f"{name}, citat"},
            )
            for _number in range(size)
        ],
        "video": [block("video", film(name))],
        "body": body(name, targets, size),
        "related_pages": [
            {"page": targets.take(kind, number)}
            for number in range(size)
            for kind in ("areas", "goals")
        ],
    }


FIELDS: dict[type[Any], Any] = {
    HomePage: _home,
    ContentPage: _content,
    strategy.StrategyPage: _strategy,
    strategy.PriorityAreaPage: _priority_area,
    strategy.GoalPage: _goal,
    strategy.EffortPage: _effort,
    strategy.DevelopmentAreasPage: _areas,
    AreaPage: _area,
    strategy.CulturePage: _culture,
    strategy.ClimatePage: _climate,
    strategy.SkillsPage: _skills,
    strategy.TransportPage: _transport,
    strategy.IndustryPage: _industry,
    strategy.YouthPage: _youth,
    strategy.StoriesPage: _stories,
    strategy.StoryPage: _story,
}
"""By page type, abstract ones included."""

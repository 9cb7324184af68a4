"""Linking again after a change: exactly what linking everything gives, for a fraction of the work."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.linking.duplicates import find_leaders, stories
from builder.linking.features import Linkable, Verdicts, features
from builder.linking.related import related_articles

CHARACTERS = [chr(0x4E00 + number) for number in range(600)]


def _text(chance: random.Random) -> str:
    """One of few stories, told with more or fewer changes, so that all degrees of likeness occur."""
    told = random.Random(chance.randrange(8))  # noqa: S311  # no secret
    text = told.choices(CHARACTERS, k=told.randrange(20, 300))
    for _ in range(chance.choice((0, 2, 10, 40))):
        text[chance.randrange(len(text))] = chance.choice(CHARACTERS)
    return "".join(text)


def _item(number: int, chance: random.Random) -> tuple[Linkable, str]:
    text = _text(chance)
    key = f"{chance.randrange(2)}\0{chance.randrange(9)}\0{number:03}"
    topics = tuple(chance.sample(("a", "b", "c"), chance.randrange(3)))
    return Linkable(f"{number:03}", key, text, features(text[:12], text), topics), text


def _changed(archive: dict[int, tuple[Linkable, str]], chance: random.Random) -> dict[int, tuple[Linkable, str]]:
    changed = dict(archive)
    for _ in range(chance.randrange(4)):
        number = chance.randrange(60)
        if number in changed and chance.random() < 0.5:
            del changed[number]
        else:
            changed[number] = _item(number, chance)
    return changed


def _loader(archive: dict[int, tuple[Linkable, str]]) -> Callable[[str], str]:
    return lambda identifier: archive[int(identifier)][1]


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_updates_give_what_linking_everything_gives(chance: random.Random) -> None:
    """For any history of additions, changes and removals, stories and relations are those of a clean build."""
    archive = {number: _item(number, chance) for number in range(40)}
    verdicts: Verdicts = {}
    for _ in range(6):
        items = [item for item, _ in archive.values()]
        leaders = find_leaders(items, _loader(archive), verdicts)
        clean = find_leaders(items[::-1], _loader(archive), {})
        assert list(leaders.items()) == list(clean.items())
        assert related_articles(items, leaders) == related_articles(items[::-1], clean)
        archive = _changed(archive, chance)


def test_an_update_loads_few_texts() -> None:
    """A new telling of a story loads two texts; an article that resembles nothing loads none."""
    chance = random.Random(6)  # noqa: S311  # no secret
    texts = {f"{number:03}": "".join(chance.choices(CHARACTERS, k=200)) for number in range(50)}
    items = [Linkable(name, f"0\0{name}", text, features("", text), ()) for name, text in texts.items()]
    loaded: list[str] = []

    def load(identifier: str) -> str:
        loaded.append(identifier)
        return texts[identifier]

    verdicts: Verdicts = {}
    find_leaders(items, load, verdicts)
    assert loaded == []
    texts["new"] = texts["007"] + "。又及"
    new = Linkable("new", "0\0new", texts["new"], features("", texts["new"]), ())
    leaders = find_leaders([*items, new], load, verdicts)
    assert sorted(loaded) == ["007", "new"]
    assert stories(leaders) == (("007", "new"),)
    find_leaders([*items, new], load, verdicts)
    assert sorted(loaded) == ["007", "new"]

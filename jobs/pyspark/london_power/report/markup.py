"""Pieces of HTML. What is not Html is text, and is escaped."""

from base64 import b64encode
from collections.abc import Container, Iterable
from html import escape
from typing import NamedTuple


class Section(NamedTuple):
    """A part of the page; `body` is HTML."""

    name: str
    title: str
    body: str


class Html(str):
    """Text that is markup, or has been made safe to stand in it."""


def text(value: object) -> Html:
    """Anything for people: numbers with thousands, a true minus, a dash for nothing; Html as it is."""
    if isinstance(value, Html):
        return value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, int):
        value = f"{value:,}".replace("-", "\u2212")
    elif isinstance(value, float):
        value = number(value, 4)
    return Html(escape("–" if value is None else str(value)))


def number(value: float | None, decimals: int, unit: str = "", sign: bool = False) -> str:
    """With so many decimals; `unit` after a narrow space that does not break."""
    if value is None:
        return "–"
    digits = f"{value:{'+' if sign else ''},.{decimals}f}".replace("-", "\u2212")
    return f"{digits}\u202f{unit}" if unit else digits


def interval(row: dict, unit: str, decimals: int) -> str:
    """The row's low_… and high_… of a unit; a dash where it has none."""
    low, high = row[f"low_{unit}"], row[f"high_{unit}"]
    if low is None:
        return "–"
    return f"{number(low, decimals, sign=True)} to {number(high, decimals, sign=True)}"


def paragraph(*sentences: str, kind: str = "") -> str:
    """Of sentences that are HTML already."""
    return f"<p{_class(kind)}>{' '.join(sentences)}</p>"


def heading(words: str) -> str:
    return f"<h3>{text(words)}</h3>"


def items(values: Iterable[object]) -> str:
    return f"<ul>{''.join(f'<li>{text(value)}</li>' for value in values)}</ul>"


def table(
    heads: list[str],
    rows: Iterable[list],
    caption: str = "",
    mark: int | None = None,
    soft: Container[int] = (),
) -> str:
    """A table that scrolls by itself where it is too wide; the first column names the rows, `mark` is the row
    to stress, `soft` are those to grey out.
    """
    lines = []
    for at, (first, *rest) in enumerate(rows):
        cells = "".join(f"<td>{text(cell)}</td>" for cell in rest)
        stress = _class("mark" if at == mark else "soft" if at in soft else "")
        lines.append(f'<tr{stress}><th scope="row">{text(first)}</th>{cells}</tr>')
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    title = paragraph(text(caption), kind="caption") if caption else ""  # not within what scrolls
    label = escape(caption or " ".join(heads), quote=True)
    return (
        f'{title}<div class="wide" tabindex="0" role="region" aria-label="{label}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def picture(content: bytes | None, description: str) -> str:
    """An SVG or PNG within the page; nothing where there is none."""
    if not content:
        return ""
    kind = "png" if content.startswith(b"\x89PNG") else "svg+xml"
    data = f"data:image/{kind};base64,{b64encode(content).decode()}"
    return f'<figure><img src="{data}" alt="{escape(description, quote=True)}"></figure>'


def details(summary: str, body: str) -> str:
    return f"<details><summary>{text(summary)}</summary>{body}</details>"


def describe(value: object) -> str:
    """Whatever JSON holds, for reading: records as tables, lists as lists, the rest as pairs."""
    if value in ({}, []):
        return text(None)
    if isinstance(value, dict):
        if value and all(_flat(each) for each in value.values()):
            heads = list(dict.fromkeys(name for each in value.values() for name in each))
            return table(
                ["", *heads], [[n, *(_cell(each.get(h)) for h in heads)] for n, each in value.items()]
            )
        pairs = [f"<dt>{text(_words(n))}</dt><dd>{describe(each)}</dd>" for n, each in value.items()]
        return f"<dl>{''.join(pairs)}</dl>"
    if isinstance(value, list):
        if value and all(_flat(each) for each in value):
            heads = list(dict.fromkeys(name for each in value for name in each))
            return table([_words(head) for head in heads], [[_cell(e.get(h)) for h in heads] for e in value])
        if all(isinstance(each, str) and len(each) < 20 for each in value):
            return text(", ".join(value))
        return f"<ul>{''.join(f'<li>{describe(each)}</li>' for each in value)}</ul>"
    return text(value)


def _flat(value: object) -> bool:
    """Whether it makes a row of a table."""
    return (
        isinstance(value, dict)
        and bool(value)
        and not any(
            isinstance(each, list)
            or (isinstance(each, dict) and any(isinstance(e, dict | list) for e in each.values()))
            for each in value.values()
        )
    )


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return Html(", ".join(f"{text(name)} {text(each)}" for name, each in value.items()) or "–")
    return text(value)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""

"""The page around the sections: head, style, contents. Nothing in it asks for another file."""

from .markup import Section, text
from .style import STYLE


def page(title: str, subtitle: str, headlines: list[tuple[str, str, str]], sections: list[Section]) -> str:
    """A whole HTML document; `headlines` are (label, figure, remark) and, like sections' bodies, HTML."""
    links = "".join(f'<a href="#{section.name}">{text(section.title)}</a>' for section in sections)
    tiles = "".join(
        f"<div><dt>{label}</dt><dd>{figure}</dd><dd>{remark}</dd></div>"
        for label, figure, remark in headlines
    )
    bodies = "".join(
        f'<section id="{section.name}"><h2>{text(section.title)}</h2>{section.body}</section>'
        for section in sections
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>{text(title)} · London Power</title>
<style>{STYLE}</style>
</head>
<body>
<header><p class="kicker">London Power</p><h1>{text(title)}</h1><p class="lead">{subtitle}</p></header>
<dl class="tiles">{tiles}</dl>
<nav aria-label="Contents">{links}</nav>
<main>{bodies}</main>
</body>
</html>
"""

"""Pieces of Markdown."""


def table(heads: list[str], rows: list[list]) -> list[str]:
    def line(cells: list) -> str:
        texts = (
            f"{cell:.4f}" if isinstance(cell, float) else "–" if cell is None else str(cell) for cell in cells
        )
        return f"| {' | '.join(texts)} |"

    return [line(heads), line(["---"] * len(heads)), *(line(row) for row in rows)]


def plain(values: dict) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())

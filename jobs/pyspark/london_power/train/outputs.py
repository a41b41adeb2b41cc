"""What the train job leaves in the lake: models, card, segments and pictures."""

import io
import json

import pyarrow as pa
from pyarrow import parquet

from ..common.lake import Lake
from ..common.schema import ACORN_GROUPS, TARIFFS
from . import saved
from .card_text import markdown
from .segment_plot import segment_plot
from .segments import Segments
from .survey import Survey


def save(lake: Lake, run: str, models: dict[str, saved.Saved], picture: bytes, content: dict) -> dict:
    """Writes models/<name>, models/card, results/residuals; returns where they are."""
    paths = {name: saved.write(lake, name, run, model) for name, model in models.items()}
    pictures = {"residuals.png": picture}
    texts = {"card.json": _json(content), "card.md": markdown(content).encode()}
    return {
        "paths": paths,
        "card": f"{lake.write_files('models/card', run, texts)}/card.md",
        "residual_plot": f"{lake.write_files('results/residuals', run, pictures)}/residuals.png",
    }


def save_segments(lake: Lake, run: str, seen: Survey, parted: Segments) -> dict:
    """Writes results/segments, each household's, and where there are any results/segment_plot; returns where
    that is.
    """
    table = pa.table(
        {
            "household": seen.households,
            "acorn_group": [ACORN_GROUPS[n] for n in seen.group],
            "tariff": [TARIFFS[n] for n in seen.tariff],
            "segment": pa.array(parted.of, mask=parted.of == 0),
        }
    )
    content = io.BytesIO()
    parquet.write_table(table, content)
    lake.write_files("results/segments", run, {"part-0.parquet": content.getvalue()})
    if "segments" not in parted.found:
        return {"segment_plot": None}
    pictures = {"segments.png": segment_plot(parted.found["segments"])}
    return {"segment_plot": f"{lake.write_files('results/segment_plot', run, pictures)}/segments.png"}


def _json(value: dict) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()

"""Measures ingest (ours, Spark's reader, DuckDB, Polars and `wc -l`, by turns, on the same files) and, on
what ours has made, analysis and training.

Prints a table and, as its last line, one JSON object. Whole processes are measured, with all their starting
up; the input is in the page cache.
"""

import argparse
import json
import platform
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median

from engines import Setting, commands, environment
from measure import Cost, measure
from pyarrow import parquet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=lambda text: Path(text).resolve(), required=True, help="folder of CSV files"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--engines", help="some of them, with commas between; default: all")
    asked = parser.parse_args()
    files = sorted(asked.data.glob("*.csv"))
    if not files:
        parser.error(f"{asked.data} holds no .csv file")
    rows = sum(_lines(file) - 1 for file in files)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=asked.data) as scratch:
        runs = commands(Setting(files, Path(scratch), asked.cores))
        names = asked.engines.split(",") if asked.engines else list(runs)
        costs: dict[str, list[Cost]] = {name: [] for name in names}
        out = Path(scratch)
        for number in range(asked.rounds):
            for name in names:
                costs[name].append(measure(runs[name], out / "log", environment(asked.cores)))
                print(f"round {number + 1}: {name} {costs[name][-1].seconds:.1f} s", file=sys.stderr)
                if name == "duckdb analysis" and "analysis" in names:
                    demand_same_answers(out)
                if name == "xgboost training" and "training" in names:
                    demand_same_scores(out)
                # Nobody shall pay for another's dirty pages; our lake stays for the jobs that follow.
                _clear(out, keep="lake")
            _clear(out)
    report(rows, sum(file.stat().st_size for file in files), costs)


def demand_same_answers(out: Path) -> None:
    """Raises SystemExit unless ours and DuckDB's answers agree in each cell."""
    peers = sorted((out / "peer").glob("*.parquet"))
    for peer in peers:
        (ours,) = (out / "lake/results" / peer.stem).glob("run=*/*.parquet")
        if parquet.ParquetFile(ours).read().to_pylist() != parquet.ParquetFile(peer).read().to_pylist():
            raise SystemExit(f"{peer.stem}: ours and DuckDB's answers differ")
    if len(peers) != 6:
        raise SystemExit(f"DuckDB has answered {len(peers)} of 6 questions")


def demand_same_scores(out: Path) -> None:
    """Raises SystemExit unless both have trained on the same rows, and their errors are the same: those of a
    baseline to the last digit, those of models within 1 %, as XGBoost's bins depend on the order of rows.
    """
    peer = json.loads((out / "scores.json").read_text())
    (stored,) = (out / "lake/results/train").glob("run=*/metrics.json")
    ours = json.loads(stored.read_text())["metrics"]
    for name, scores in peer["scores"].items():
        found = (ours["models"] | ours["baselines"])[name]["mse"]
        allowed = 1e-6 if name in ours["baselines"] else 0.01 * found
        if abs(found - scores["mse"]) > allowed:
            raise SystemExit(f"{name}: the MSE of ours is {found}, that of the other {scores['mse']}")
    for name in ("rows_training", "rows_test"):
        if ours["split"][name] != peer[name]:
            raise SystemExit(f"{name}: ours {ours['split'][name]}, the other {peer[name]}")
    if abs(ours["classification"].get("accuracy", peer["acorn"]) - peer["acorn"]) > 1e-6:
        raise SystemExit(
            f"Acorn groups: ours {ours['classification']['accuracy']}, the other {peer['acorn']}"
        )


def report(rows: int, size: int, costs: dict[str, list[Cost]]) -> None:
    def middle(name: str, what: str) -> float:
        return median(getattr(cost, what) for cost in costs[name])

    print(f"\n{rows:,} rows, {size / 1e9:.2f} GB; {_machine()}\n")
    print("| engine | seconds | rows/s | CPU seconds | peak MB |\n|---|---:|---:|---:|---:|")
    for name in costs:
        seconds, cpu, peak = (middle(name, what) for what in ("seconds", "cpu", "peak_mb"))
        print(f"| {name} | {seconds:.1f} | {rows / seconds / 1e6:.2f} M | {cpu:.1f} | {peak:,.0f} |")
    load = median(cost.load for each in costs.values() for cost in each)
    print(f"\nMedians; load of the machine, beside the measured: {load:.1f}\n")
    result = {"rows": rows, "seconds": {name: round(middle(name, "seconds"), 2) for name in costs}}
    result["cpu_seconds"] = {name: round(middle(name, "cpu"), 2) for name in costs}
    if "ours" in costs:
        for name in ("duckdb", "spark"):
            if name in costs:
                result[f"ratio_{name}"] = round(middle(name, "seconds") / middle("ours", "seconds"), 2)
                result[f"ratio_{name}_cpu"] = round(middle(name, "cpu") / middle("ours", "cpu"), 2)
    if "analysis" in costs and "duckdb analysis" in costs:
        peer, ours = middle("duckdb analysis", "seconds"), middle("analysis", "seconds")
        result["ratio_analysis"] = round(peer / ours, 2)
    if "training" in costs and "xgboost training" in costs:
        peer, ours = middle("xgboost training", "seconds"), middle("training", "seconds")
        result["ratio_training"] = round(peer / ours, 2)
    if "ours" in costs:
        result["peak_mb"] = round(middle("ours", "peak_mb"))
    print(json.dumps(result))


def _clear(folder: Path, keep: str | None = None) -> None:
    for left in folder.iterdir():
        if left.name != keep:
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _lines(path: Path) -> int:
    """Counts, and so brings the file into the page cache."""
    with path.open("rb", buffering=0) as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _machine() -> str:
    names = ("pyspark", "pyarrow", "numpy")
    return f"{platform.machine()}, Python {platform.python_version()}, " + ", ".join(
        f"{name} {version(name)}" for name in names
    )


if __name__ == "__main__":
    main()

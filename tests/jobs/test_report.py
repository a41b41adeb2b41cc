"""The page: what stands on it, and that it needs nothing else."""

import json
import re
from html.parser import HTMLParser

import pytest
from london_power.common.errors import JobError
from london_power.report import data
from london_power.report.markup import Html, describe, table, text
from london_power.report.stored import stored


class Page(HTMLParser):
    """Collects what a page asks for, its texts, and its elements that are not closed."""

    VOID = {"meta", "link", "img", "br"}  # noqa: RUF012

    def __init__(self, content: str):
        super().__init__()
        self.asked, self.texts, self.open = [], [], []
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        self.asked += [value for name, value in attrs if name in ("src", "href", "srcset")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture
def analyzed(run_job, lake, sample):
    return analyze(run_job, lake, sample)


def analyze(run_job, lake, csv, *arguments):
    run_job("ingest", "--csv", csv, "--lake", lake.root)
    run_job("analyze", "--lake", lake.root, *arguments)
    return lake


def page_of(run_job, lake):
    path = run_job("report", "--lake", lake.root)["report"]
    content = lake.files.read(path).decode()
    return content, Page(content)


def test_says_what_the_jobs_have_found_and_asks_for_nothing(run_job, analyzed):
    content, page = page_of(run_job, analyzed)
    assert "No schedule of prices was given" in content
    assert page.open == []
    assert all(address.startswith(("data:", "#")) for address in page.asked)
    assert "url(" not in content and "@import" not in content
    assert "filter:" not in content, "a plot keeps its colours in dark mode too: its legend names them"
    assert content.count("<img ") == 6
    said = " ".join(page.texts).replace("\u00a0", " ")
    assert "Electricity use of 12 households, 1 October 2012 to 31 December 2013" in said
    for figure in ("248,782", "248,653", "13.82", "−30.5", "0.2419", "Same mix of groups", "−30.2", "−3.4"):
        assert figure in said, figure
    assert "Models" not in page.texts, "nothing has been trained"
    assert re.search(r"Month\s+Homes\s+Affluent", said), "how many homes stands first"
    march, *_ = re.findall(r'<tr><th scope="row">2013-03</th>(.*?)</tr>', content)
    assert re.sub("<[^>]+>", " ", march).split()[:4] == ["12", "14.08", "±", "18.62"]
    assert '<tr class="soft"><th scope="row">2013-12</th>' in content
    assert "Grey months are partial" in said
    meant = "Times are taken for those of GMT, as most homes show, and for the end of their half hour"
    assert meant in said
    table = said[said.index("What homes' readings show") :]
    assert re.search(r"nights in March with the hour that clocks leave out\s+12\s+GMT", table)
    assert re.search(r"homes whose last time is 00:00\s+12\s+end", table)


def test_calls_a_difference_the_tariffs_effect_only_where_it_is_one_of_differences(
    run_job, lake, sample, write_csv
):
    analyzed = analyze(
        run_job, lake, write_csv(*(row for row in sample.read_text().split("\n") if ",2013-01" in row))
    )
    _, page = page_of(run_job, analyzed)
    said = " ".join(page.texts)
    assert "Difference in 2013" in page.texts, "the tile names what it shows"
    assert "What the tariff did" not in said and "Effect" not in said
    sentences = [each for each in re.split(r"\. ", said) if "effect" in each]
    assert len(sentences) == 2
    assert "no effect of it" in sentences[0] and "as far as homes" in sentences[1]
    assert "0 standard and 0 time-of-use homes left before the end" in said
    found = stored(analyzed)
    whole = next(row for row in found.tables["tariff_effect"] if row["acorn_group"] == "all")
    found.tables["tariff_effect"].append(whole | {"method": "change_from_2012", "effect_percent": -4.0})
    tiles = {label: figure for label, figure, _ in data.headlines(found)}
    assert tiles["Difference in differences, 2012 to 2013"] == "−4.0\u202f%"
    assert "Difference in 2013" not in tiles


def test_shows_the_response_to_prices_where_a_schedule_is_given(run_job, lake, sample):
    analyze(run_job, lake, sample, "--prices", f"file://{sample.parent}/prices/day_ahead.csv")
    content, page = page_of(run_job, lake)
    assert "No schedule of prices" not in content
    assert page.open == [] and content.count("<img ") == 7
    said = " ".join(page.texts).replace("\u00a0", " ")
    assert re.search(r"High price, during\s+All homes\s+\d+\s+\d / \d", said)
    for words in ("same hours a week later (placebo)", "What the prices change of the bill", "14.228 p/kWh"):
        assert words in said, words


def test_lists_the_households_that_lack_half_hours_and_no_others(run_job, lake, write_csv):
    times = [
        f"2013-01-{day:02d} {hour:02d}:{minute}:00"
        for day in (1, 2)
        for hour in range(24)
        for minute in ("00", "30")
    ]
    rows = [f"MAC00000{home},Std,{time}, 0.5 ,ACORN-A,Affluent" for home in (2, 3) for time in times]
    found = stored(analyze(run_job, lake, write_csv(*rows)))
    none = "No household lacks a half hour"
    assert none in data.sections(found)[0].body
    assert "MAC000002" not in data.sections(found)[0].body
    first = found.tables["household_coverage"][0]
    first["readings"] -= 1
    body = data.sections(found)[0].body
    assert none not in body
    assert re.findall(r"MAC\d{6}", body) == [first["household"]]


def test_shows_models_with_what_their_card_has(run_job, analyzed):
    scores = {"mse": 0.02, "rmse": 0.1414, "mae": 0.1, "r2": 0.3}
    worse = dict.fromkeys(scores, 0.9)
    png = b"\x89PNG\r\n"
    analyzed.files.write(f"{analyzed.root}/residuals.png", png)
    metrics = {
        "models": {"linear": worse, "forest": scores},
        "best": "linear",  # by the folds, whatever the test says
        "intervals": {
            "linear": {"low": 0.01, "high": 0.03, "apart": None},
            "forest": {"low": 0.01, "high": 0.03, "apart": False},
        },
        "baselines": {"training_mean": worse},
        "by_group": {"Affluent": {"forest": scores, "training_mean": worse}},
        "classification": {"accuracy": 0.5, "macro_f1": 0.4, "confusion": {"A": {"A": 1, "B": 2}}},
        "quantiles": {
            **{"covered": 0.8, "shares": {"q10": 0.1, "q90": 0.9}},
            "scores": {
                "forest": {name: {"mean": 0.79, "low": 0.7, "high": 0.8} for name in ("pinball", "coverage")},
            },
        },
        "by_day": {
            "all": {
                **{"households": 12, "days": 90},
                "scores": {
                    name: {"mape": 7.25, "mase": 0.5}
                    for name in ("linear", "same_half_hour_last_week", "month_mean")
                },
            }
        },
        "segments": {
            **{"households": 11, "left_out": 1},
            "segments": [
                {
                    **{"households": 7, "kwh_per_household_day": 9.5, "groups": {"Affluent": 0.75}},
                    "shape": [1.0] * 36 + [2.5] * 12,
                }
            ],
        },
        "segment_plot": f"{analyzed.root}/residuals.png",
        "residual_plot": f"{analyzed.root}/residuals.png",
        "card": {"limits": ["Only <12> households"], "published": {"figures": [{"model": "x", "mse": 0.2}]}},
    }
    content = json.dumps({"job": "train", "run": "t1", "metrics": metrics}).encode()
    analyzed.write(
        "results/train", "t1", lambda folder: analyzed.files.write(f"{folder}/metrics.json", content)
    )
    content, page = page_of(run_job, analyzed)
    assert page.open == []
    assert content.count("<img ") == 8
    said = " ".join(page.texts)
    assert re.search(r"1\s+7\s+9.50\s+18:00\s+2.50\s+75\u202f%", said)
    for words in ("forest", "baseline: training mean", "0.1414", "Only <12> households", "macro F1".title()):
        assert words in said or words in content, words
    assert re.search(r'<tr class="mark"><th scope="row">linear</th>', content)
    assert "these readings do not tell it from forest" in said
    assert re.search(r"forest\s+0.7900\s+0.7000 to 0.8000\s+0.790\s+0.700 to 0.800", said)
    assert re.search(r"All homes\s+12\s+90\s+7.2", said)


def test_says_what_to_run_first(run_job, lake):
    with pytest.raises(JobError, match=r"there is no table plots .*run the job that writes it first"):
        run_job("report", "--lake", lake.root)


def test_escapes_all_that_is_not_markup():
    assert text("<b>&") == "&lt;b&gt;&amp;"
    assert text(Html("<b>")) == "<b>"
    assert text(-1234567) == "−1,234,567"
    assert text(None) == "–"
    hostile = "<script>"
    assert hostile not in table([hostile], [[hostile, hostile]], hostile) + describe(
        {hostile: {"a": [hostile]}, "b": [{"c": hostile, "d": {"e": hostile}}]}
    )

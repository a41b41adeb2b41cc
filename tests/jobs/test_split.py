from datetime import datetime

from london_power.train.split import cut, folds


def test_the_cut_is_a_midnight():
    assert cut(datetime(2013, 1, 1), datetime(2013, 1, 10, 23, 30), 0.2) == datetime(2013, 1, 9)


def test_folds_learn_from_ever_more_of_the_past_and_end_at_the_cut():
    first, second = folds(datetime(2013, 1, 8), datetime(2013, 1, 24))
    assert (first.start, first.end) == (datetime(2013, 1, 16), datetime(2013, 1, 20))
    assert (second.start, second.end) == (datetime(2013, 1, 20), datetime(2013, 1, 24))


def test_there_are_no_folds_of_less_than_a_day():
    assert folds(datetime(2013, 1, 8), datetime(2013, 1, 9)) == []


def test_a_fold_parts_rows_at_its_start_and_leaves_out_what_comes_after_its_end(spark):
    (fold, _) = folds(datetime(2013, 1, 8), datetime(2013, 1, 24))
    days = spark.createDataFrame([(f"2013-01-{day} 00:00:00",) for day in (15, 16, 19, 20)], "time string")
    rows = days.selectExpr("cast(time AS timestamp) AS time")
    listed = [[r.time.day for r in part.collect()] for part in (fold.training(rows), fold.validation(rows))]
    assert [len(part) for part in listed] == [1, 2]

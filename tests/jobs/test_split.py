from datetime import datetime

import numpy as np
from london_power.train.source import Source
from london_power.train.split import cut, day, folds
from panels import FIRST_DAY, panel


def test_the_cut_is_a_midnight():
    assert cut(datetime(2013, 1, 1), datetime(2013, 1, 10, 23, 30), 0.2) == datetime(2013, 1, 9)


def test_folds_learn_from_ever_more_of_the_past_and_end_at_the_cut():
    first, second = folds(datetime(2013, 1, 8), datetime(2013, 1, 24))
    assert (first.start, first.end) == (datetime(2013, 1, 16), datetime(2013, 1, 20))
    assert (second.start, second.end) == (datetime(2013, 1, 20), datetime(2013, 1, 24))


def test_there_are_no_folds_of_less_than_a_day():
    assert folds(datetime(2013, 1, 8), datetime(2013, 1, 9)) == []


def test_rows_are_parted_at_a_midnight_and_none_is_lost():
    rows = Source(panel({"A": {n: n / 100 for n in range(20 * 48)}}, 20), 1)
    at = day(datetime(2013, 1, 17)) - FIRST_DAY
    parts = [rows.between(None, at), rows.between(at, at + 1), rows.between(at + 1, None)]
    slots = [np.concatenate([block.slot for block in part.blocks()]) for part in parts]
    assert [len(each) for each in slots] == [9 * 48, 48, 3 * 48]
    assert (slots[0].max(), slots[1].min(), slots[1].max()) == (16 * 48 - 1, 16 * 48, 17 * 48 - 1)

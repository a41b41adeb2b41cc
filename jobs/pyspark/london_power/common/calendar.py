"""Days since 1970 in London's calendar."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def weekdays_of(days: NDArray[Any]) -> NDArray[Any]:
    """Returns 0 for Monday to 6 for Sunday."""
    return (days + 3) % 7  # 1970 began on a Thursday


def seasons_of(days: NDArray[Any]) -> NDArray[Any]:
    """Returns indices in answers.SEASONS, which begin with December."""
    return (days.astype("M8[D]").astype("M8[M]").astype(np.int64) + 1) % 12 // 3


def change_days(month: int) -> NDArray[np.int64]:
    """Returns the days from 2000 to 2099 on which the clocks change in March (3) or in October (10): the last
    Sundays, at 01:00 GMT.

    Source: The Summer Time Order 2002 (https://www.legislation.gov.uk/uksi/2002/262).
    """
    ends = np.array([f"{year}-{month:02d}-31" for year in range(2000, 2100)], "M8[D]").astype(np.int64)
    return ends - (weekdays_of(ends) + 1) % 7

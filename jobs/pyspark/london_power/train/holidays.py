"""Bank holidays of England and Wales in the years of the trial.

Source: GOV.UK, "UK bank holidays" (https://www.gov.uk/bank-holidays and its lists of past years), with the
days that were moved or added: 29 April 2011 (royal wedding), 4 and 5 June 2012 (Diamond Jubilee).
"""

from datetime import date

YEARS = range(2011, 2015)

_MONTHS_AND_DAYS = {
    2011: ["01-03", "04-22", "04-25", "04-29", "05-02", "05-30", "08-29", "12-26", "12-27"],
    2012: ["01-02", "04-06", "04-09", "05-07", "06-04", "06-05", "08-27", "12-25", "12-26"],
    2013: ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"],
    2014: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
}

BANK_HOLIDAYS = [
    date.fromisoformat(f"{year}-{day}") for year, days in _MONTHS_AND_DAYS.items() for day in days
]

"""Date expressions of English news: the words, what they mean, and where they stand in a text.

    read_date("Friday night", "2025-06-23")           what one expression means
    find_dates(text, 0, len(text))                     the expressions in running text

words.toml has the words, grammar.py the rules, meanings.py and relative.py what each
kind of expression means, periods.py and holidays.py the calendar.
"""

from onrecord.dates.finding import Found, find_dates
from onrecord.dates.periods import Period
from onrecord.dates.reading import Dated
from onrecord.dates.sequence import read_date, read_expressions, read_in_order

__all__ = ["Dated", "Found", "Period", "find_dates", "read_date", "read_expressions", "read_in_order"]

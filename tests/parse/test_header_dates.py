"""Dates and clock times of a header, in all the ways they are printed."""

from __future__ import annotations

import datetime as dt

import pytest

from minutes_llm.parse.dates import days, times


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("令和６年３月13日（水）", dt.date(2024, 3, 13)),
        ("令和 6年 3 月 13 日", dt.date(2024, 3, 13)),
        ("令和元年五月一日", dt.date(2019, 5, 1)),
        ("平成二十九年八月十八日(金曜日)", dt.date(2017, 8, 18)),
        ("昭和64年1月7日", dt.date(1989, 1, 7)),
        ("令和6年(2024年)6月19日", dt.date(2024, 6, 19)),
        ("２０２４年３月１３日", dt.date(2024, 3, 13)),
        ("二〇二四年三月十三日", dt.date(2024, 3, 13)),
        ("2024/3/13（水）", dt.date(2024, 3, 13)),
        ("2024-03-13", dt.date(2024, 3, 13)),
        ("Wednesday, March 13, 2024", dt.date(2024, 3, 13)),
        ("19 April, 2021 Meeting Notes", dt.date(2021, 4, 19)),
        ("Minutes of July 9th, 2002", dt.date(2002, 7, 9)),
    ],
)
def test_a_date_is_read(printed: str, date: dt.date) -> None:
    assert [day.date for day in days(printed)] == [date]


@pytest.mark.parametrize("printed", ["令和６年２月30日", "平成29年度", "8月18日", "資料３－１", "1.2.3", "13/2024"])
def test_what_is_no_whole_date_is_none(printed: str) -> None:
    assert days(printed) == ()


def test_a_weekday_is_read_where_it_is_printed() -> None:
    (day,) = days("日時　令和６年３月13日（火）15時")
    assert (day.weekday, day.printed, day.date.weekday()) == (1, "火", 2)
    assert days("令和６年３月13日　火災予防")[0].weekday is None


def test_the_two_ends_of_a_range_are_both_read() -> None:
    found = days("令和4年1月24日(月曜日)(書面通知日)~令和4年2月14日(月曜日)")
    assert [day.date for day in found] == [dt.date(2022, 1, 24), dt.date(2022, 2, 14)]


@pytest.mark.parametrize(
    ("printed", "clock"),
    [
        ("15：00～17：00", ("15:00", "17:00")),
        ("10時〜12時", ("10:00", "12:00")),
        ("9時45分から12時00分まで", ("09:45", "12:00")),
        ("午後1時半～3時", ("13:30", "15:00")),
        ("午前10時から午後3時15分", ("10:00", "15:15")),
        ("10時開始 15時46分終了", ("10:00", "15:46")),
        ("午後零時三十分", ("12:30",)),
        ("12:15 P.M. EST", ("12:15",)),
        ("2 pm to 3.30 pm", ("14:00", "15:30")),
        ("約2時間", ()),
    ],
)
def test_clock_times_are_read(printed: str, clock: tuple[str, ...]) -> None:
    assert times(printed) == clock

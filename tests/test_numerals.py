"""Japanese numerals as integers."""

import pytest

from minutes_llm.languages.ja.numerals import era_year, integer


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("１２", 12),
        ("1,200", 1200),
        ("二〇二四", 2024),
        ("百二十三", 123),
        ("十", 10),
        ("3億2千万", 320_000_000),
        ("１万２千３百", 12_300),
        ("元", 1),
        ("二十一兆", 21 * 10**12),
        ("年", None),
        ("", None),
    ],
)
def test_a_numeral_in_any_script_has_its_value(numeral: str, value: int | None) -> None:
    assert integer(numeral) == value


def test_an_era_year_is_a_gregorian_year() -> None:
    assert era_year("令和", "６") == 2024
    assert era_year("平成", "元") == 1989
    assert era_year("明和", "3") is None

"""What was used lately is remembered, within bounds."""

from diacritics.memory import Recent


def test_what_is_asked_for_stays_and_the_rest_goes() -> None:
    recent: Recent[int, str] = Recent(10)
    for number in range(100):
        recent.put(number, str(number))
        assert recent.get(0) == "0"
    assert recent.get(99) == "99"
    assert recent.get(50) is None


def test_no_more_than_twice_the_size_is_kept() -> None:
    recent: Recent[int, int] = Recent(10)
    for number in range(1000):
        recent.put(number, number)
    assert sum(recent.get(number) is not None for number in range(1000)) <= 20

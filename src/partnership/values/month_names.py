"""Names of months in languages in which the documents of desks often are; for advice, not for reading dates."""

from __future__ import annotations

_NAMES = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
jänner feber marz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januari februari maret april mei juni juli agustus september oktober november desember
januari februari mac april mei jun julai ogos september oktober november disember
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре
"""

_MONTHS = {name: number for line in _NAMES.split("\n") for number, name in enumerate(line.split(), 1)}


def month_meant(word: str) -> int | None:
    """Return the number of the month that a word names in any of these languages; None if it names none.

    >>> [month_meant(word) for word in ("Mai", "Oktober", "août", "июня", "Juli", "Marketing")]
    [5, 10, 8, 6, 7, None]
    """
    return _MONTHS.get(word.lower())

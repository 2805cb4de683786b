"""How departments are written in documents: spacing, brackets, and 市 for the city one stands in. Pure."""

from __future__ import annotations

_PLAIN = str.maketrans({"(": "（", ")": "）", " ": None, "　": None, "\n": None, "\t": None, "\r": None})

#: Words that stand for the district at hand at the beginning of a name.
_GENERIC = ("自治州", "自治县", "省", "市", "县", "区", "镇", "乡", "州")


def plain(name: str) -> str:
    """Return a name without spaces and with full-width brackets.

    Examples
    --------
    >>> plain("江门市生态环境局 台山分局")
    '江门市生态环境局台山分局'
    >>> plain("新城(筹)办")
    '新城（筹）办'
    """
    return name.translate(_PLAIN)


def spellings(name: str, district: str) -> tuple[str, ...]:
    """Return the ways a name may have been entered: as it is, with the district's name for 市, and without.

    Parameters
    ----------
    name : str
        As printed in a document.
    district : str
        Name of the district in whose view it was printed.

    Examples
    --------
    >>> spellings("市水利局", "台山市")
    ('市水利局', '台山市水利局', '水利局')
    >>> spellings("台山市水利局", "台山市")
    ('台山市水利局', '市水利局', '水利局')
    >>> spellings("水利局", "台山市")
    ('水利局', '台山市水利局', '市水利局')
    """
    given = plain(name)
    generic = next((word for word in _GENERIC if district.endswith(word)), "")
    if generic and given.startswith(district) and given != district:
        rest = given[len(district) :]
    elif generic and given.startswith(generic) and given != generic:
        rest = given[len(generic) :]
    else:
        rest = given
    return tuple(dict.fromkeys((given, f"{district}{rest}", f"{generic}{rest}", rest)))


def lookup_text(names: list[str]) -> str:
    """Return the column that names are found in: one a line, a line end on both sides.

    Examples
    --------
    >>> lookup_text(["台山市水利局", "水利局"])
    '\\n台山市水利局\\n水利局\\n'
    """
    kept = dict.fromkeys(plain(name) for name in names if plain(name))
    return "\n" + "\n".join(kept) + "\n" if kept else "\n"

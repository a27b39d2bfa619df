"""Short forms that people make from the names of provinces, kabupaten and kota: lamteng, jaksel, oku, ntb."""


def abbreviates(short: str, name: str) -> bool:
    """Whether ``short`` is made of beginnings of the words of ``name``: two letters or more each, or initials.

    >>> abbreviates("lamteng", "lampung tengah"), abbreviates("ntb", "nusa tenggara barat")
    (True, True)
    """
    if name[:1] != short[:1] or len(short) < 3 or " " not in name:
        return False
    parts = name.split()
    return "".join(part[0] for part in parts) == short or _composed(short, parts)


def _composed(short: str, parts: list[str]) -> bool:
    if not parts:
        return not short
    head, rest = parts[0], parts[1:]
    longest = next((n for n in range(len(head), 0, -1) if short.startswith(head[:n])), 0)
    return any(_composed(short[n:], rest) for n in range(longest, 1, -1))

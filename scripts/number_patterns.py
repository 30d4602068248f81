"""Regular expressions of tracking numbers: put into plain form, measured, their groups located."""
import math
from re import _constants as ops
from re import _parser as parser

DIGITS = frozenset("0123456789")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
WHOLE = {DIGITS: "[0-9]", LETTERS: "[A-Z]", DIGITS | LETTERS: "[0-9A-Z]"}


class Pattern:
    """A pattern for normalised numbers (upper case, no white space, hyphens or dots), anchored at both ends.

    Made from a source pattern that may allow white space between characters and name groups as PCRE does. Look-ahead
    is refused: such a pattern needs restating first.
    """

    def __init__(self, source):
        plain = source.replace(r"\s*", "").replace("(?<", "(?P<")
        self.names = {}
        parsed = parser.parse(plain)
        self.names = {number: name for name, number in parsed.state.groupdict.items()}
        self.tree = self.convert(parsed)

    def convert(self, parsed):
        items = [self.convert_one(op, value) for op, value in parsed]
        return ("seq", [item for item in items if item is not None])

    def convert_one(self, op, value):
        if op is ops.LITERAL:
            return None if chr(value) in "-. " else ("set", frozenset(chr(value)))
        if op is ops.IN:
            return ("set", frozenset().union(*(members(kind, what) for kind, what in value)))
        if op is ops.BRANCH:
            return ("alt", [self.convert(branch) for branch in value[1]])
        if op is ops.SUBPATTERN:
            return ("group", self.names.get(value[0]), self.convert(value[3]))
        if op is ops.MAX_REPEAT:
            inner = self.convert(value[2])
            if not inner[1]:
                return None
            return inner if value[:2] == (1, 1) else ("rep", value[0], value[1], inner)
        if op is ops.AT:
            return None
        raise ValueError(f"cannot restate {op} {value}")

    def text(self):
        return unparsed(self.tree)

    def share(self):
        """The part of random numbers, of the same lengths and kinds of characters, that fit; over all its lengths."""
        by_length = {}
        for sets in expanded(self.tree):
            part = math.prod(len(chars) / kind_size(chars) for chars in sets)
            by_length[len(sets)] = by_length.get(len(sets), 0) + part
        return min(1.0, max(by_length.values()) * len(by_length))

    def borders(self, name):
        """Where the group begins and ends: from the number's start, or from its end where only that is fixed."""
        before, own, after = located(self.tree, name)
        begin = before[0] if before[0] == before[1] else -(after[0] + own[0])
        fixed = before[0] == before[1] and own[0] == own[1]
        end = before[0] + own[0] if fixed else -after[0]
        return begin, end


def members(kind, what):
    if kind is ops.LITERAL:
        return frozenset(chr(what))
    if kind is ops.RANGE:
        return frozenset(map(chr, range(what[0], what[1] + 1)))
    if kind is ops.CATEGORY and what is ops.CATEGORY_DIGIT:
        return DIGITS
    raise ValueError(f"cannot restate {kind} {what}")


def kind_size(chars):
    if chars <= DIGITS:
        return 10
    return 26 if chars <= LETTERS else 36


def flattened(node):
    """The node's items in a row, groups and single repeats opened."""
    if node[0] == "seq":
        return [item for part in node[1] for item in flattened(part)]
    if node[0] == "group":
        return flattened(node[2])
    return [node]


def unparsed(node):
    runs = []  # [item, least, most], neighbours of the same item put together
    for item in flattened(node):
        inner, least, most = (item[3], item[1], item[2]) if item[0] == "rep" else (item, 1, 1)
        parts = flattened(inner)
        inner = parts[0] if len(parts) == 1 else inner
        if runs and runs[-1][0] == inner:
            runs[-1][1] += least
            runs[-1][2] += most
        else:
            runs.append([inner, least, most])
    return "".join(one_text(inner) + times_text(one_text(inner), least, most) for inner, least, most in runs)


def one_text(node):
    if node[0] == "set":
        return set_text(node[1])
    inner = "|".join(unparsed(branch) for branch in node[1]) if node[0] == "alt" else unparsed(node)
    return f"(?:{inner})"


def times_text(unit, least, most):
    if (least, most) == (0, 1):
        return "?"
    if least != most:
        return f"{{{least},{most}}}"
    return unit * (least - 1) if least == 1 or least * len(unit) < 5 else f"{{{least}}}"


def set_text(chars):
    if chars in WHOLE:
        return WHOLE[chars]
    if len(chars) == 1:
        return next(iter(chars))
    text, rest = "", sorted(chars)
    while rest:
        run = next((i for i, c in enumerate(rest) if ord(c) != ord(rest[0]) + i), len(rest))
        text += "".join(rest[:run]) if run < 3 else f"{rest[0]}-{rest[run - 1]}"
        rest = rest[run:]
    return f"[{text}]"


def expanded(node):
    """Every row of character sets the node stands for, one for each choice and length."""
    if node[0] == "set":
        return [[node[1]]]
    if node[0] == "alt":
        return [row for branch in node[1] for row in expanded(branch)]
    if node[0] == "group":
        return expanded(node[2])
    if node[0] == "rep":
        rows = []
        for times in range(node[1], node[2] + 1):
            rows += joined([expanded(node[3])] * times)
        return rows
    return joined([expanded(item) for item in node[1]])


def joined(parts):
    rows = [[]]
    for part in parts:
        rows = [row + more for row in rows for more in part]
    return rows


def width(node):
    lengths = [len(row) for row in expanded(node)]
    return min(lengths), max(lengths)


def located(node, name):
    """Widths (least, most) before, in and after the group; None where it is not."""
    if node[0] == "group" and node[1] == name:
        return (0, 0), width(node), (0, 0)
    if node[0] == "group":
        return located(node[2], name)
    if node[0] != "seq":
        return None
    for i, item in enumerate(node[1]):
        found = located(item, name)
        if found:
            before, after = width(("seq", node[1][:i])), width(("seq", node[1][i + 1:]))
            return ((before[0] + found[0][0], before[1] + found[0][1]), found[1],
                    (after[0] + found[2][0], after[1] + found[2][1]))
    return None

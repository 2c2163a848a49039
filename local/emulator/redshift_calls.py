"""Calls and expressions of Redshift in PostgreSQL's words."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from emulator.redshift_functions import KEPT, PARTS, REWRITTEN

PLACE = "see local/emulator/redshift_dialect.py"
NO_WINDOW = {"listagg", "median", "percentile_cont", "percentile_disc"}
# By the place of their argument that may be a bare string, which PostgreSQL would take for a timestamp with time zone.
TIMES = {"dateadd": (2,), "datediff": (1, 2), "date_trunc": (1,), "date_part": (1,), "last_day": (0,), "add_months": (0,)}


class NotTranslated(Exception):
    """Redshift may well know it; the laptop does not."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} is not translated for the laptop; {PLACE}")


def rewrite_calls(tree: exp.Expr) -> exp.Expr:
    """The tree, changed in place from its leaves up."""
    for window in list(tree.find_all(exp.Window)):
        check_window(window)
    for node in reversed(list(tree.walk())):
        new = _rewritten(node)
        if new is node:
            continue
        if node is tree:
            tree = new
        else:
            node.replace(new)
    return tree


def _rewritten(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Anonymous):
        return _call(node)
    if isinstance(node, exp.CurrentTimestamp):
        return exp.Anonymous(this="SYSDATE")
    if isinstance(node, exp.Extract):
        return _extract(node)
    if isinstance(node, exp.Window) and isinstance(node.this, exp.Div):
        return _ratio_over(node)
    if isinstance(node, exp.Window) and node.this.name.lower() == "avg":
        return exp.Anonymous(this="AVG", expressions=[_over(part, node) for part in node.this.expressions])
    if isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.GroupConcat):
        return _ordered(node.this, node.expression)
    return node


def _call(call: exp.Anonymous) -> exp.Expr:
    name = call.name.lower()
    if name not in KEPT | REWRITTEN:
        raise NotTranslated(f"function {name}()")
    if name in REWRITES:
        return REWRITES[name](call)
    if name in {"dateadd", "datediff", "date_part", "date_trunc"}:
        call.expressions[0].replace(exp.Literal.string(date_part(call.expressions[0], name)))
    for place in TIMES.get(name, ()):
        argument = call.expressions[place]
        if isinstance(argument, exp.Literal) and argument.is_string:
            argument.replace(exp.cast(argument.copy(), "timestamp"))
    return call


def date_part(given: exp.Expr, function: str) -> str:
    word = given.name.lower()
    part = PARTS.get(word)
    if part is None or (function.startswith("datea") and part in {"dow", "doy", "epoch"}):
        raise NotTranslated(f'date part "{word}" in {function}()')
    if part == "week" and function == "datediff":
        raise NotTranslated("datediff(week, …), whose first day of the week AWS does not document,")
    return part


def check_window(window: exp.Window) -> None:
    """Redshift has them over a window; PostgreSQL does not."""
    function = window.this
    name = (function.this if isinstance(function, exp.WithinGroup) else function).name.lower()
    if name in NO_WINDOW:
        raise NotTranslated(f"{name}() over (…)")


def _extract(node: exp.Extract) -> exp.Expr:
    """An integer, as in Redshift; PostgreSQL answers with numeric."""
    part = date_part(node.this, "extract")
    source = node.expression
    if isinstance(source, exp.Literal):
        source = exp.cast(source.copy(), "timestamp")
    whole = exp.Floor(this=exp.Extract(this=exp.var(part), expression=source.copy()))
    return exp.cast(whole, "bigint" if part == "epoch" else "int")


def _listagg(call: exp.Anonymous) -> exp.Expr:
    first = call.expressions[0]
    distinct = isinstance(first, exp.Distinct)
    arguments: list[exp.Expr] = [*(first.expressions if distinct else [first]), *call.expressions[1:]]
    value, *others = arguments
    text = exp.cast(value.copy(), "varchar")
    delimiter = others[0].copy() if others else exp.Literal.string("")
    return exp.GroupConcat(this=exp.Distinct(expressions=[text]) if distinct else text, separator=delimiter)


def _ordered(aggregate: exp.GroupConcat, order: exp.Order) -> exp.Expr:
    """PostgreSQL has the order inside the call, and with DISTINCT wants it to be by the very argument."""
    terms = order.copy().expressions
    if isinstance(aggregate.this, exp.Distinct):
        for term in terms:
            term.set("this", exp.cast(term.this, "varchar"))
    ordered = exp.Order(this=aggregate.this.copy(), expressions=terms)
    return exp.GroupConcat(this=ordered, separator=aggregate.args["separator"].copy())


def _ratio(call: exp.Anonymous) -> exp.Expr:
    """Both sides of the division; the window goes to the right one once its own turn comes."""
    value = exp.cast(call.expressions[0].copy(), "double")
    return exp.Div(this=value, expression=exp.Anonymous(this="SUM", expressions=[value.copy()]), typed=False, safe=False)


def _ratio_over(window: exp.Window) -> exp.Expr:
    division = window.this.copy()
    total = _over(division.expression, window)
    division.set("expression", exp.Anonymous(this="NULLIF", expressions=[total, exp.Literal.number(0)]))
    return exp.Paren(this=division)


def _over(function: exp.Expr, window: exp.Window) -> exp.Expr:
    """Another function over the same window."""
    other = window.copy()
    other.set("this", function.copy())
    return other


def _avg(call: exp.Anonymous) -> exp.Expr:
    """Of integers an integer, for which redshift_functions.sql has to be told the type."""
    least = exp.Anonymous(this="MIN", expressions=[part.copy() for part in call.expressions])
    return exp.Anonymous(this="AVG", expressions=[call.copy(), least])


def _named(name: str) -> Callable[[exp.Anonymous], exp.Expr]:
    def renamed(call: exp.Anonymous) -> exp.Expr:
        return _call(exp.Anonymous(this=name.upper(), expressions=[part.copy() for part in call.expressions]))

    return renamed


def _nvl2(call: exp.Anonymous) -> exp.Expr:
    tested, present, absent = (part.copy() for part in call.expressions)
    return exp.Case(ifs=[exp.If(this=tested.is_(exp.null()).not_(), true=present)], default=absent)


def _decode(call: exp.Anonymous) -> exp.Expr:
    """Pairs of value and result, perhaps a default; NULL equals NULL here."""
    tested, *rest = call.expressions
    default = rest.pop() if len(rest) % 2 else exp.null()
    branches = []
    for value, result in zip(rest[::2], rest[1::2], strict=True):
        same = exp.NullSafeEQ(this=tested.copy(), expression=value.copy())
        branches.append(exp.If(this=same, true=result.copy()))
    return exp.Case(ifs=branches, default=default.copy())


def _concat(call: exp.Anonymous) -> exp.Expr:
    """NULL with NULL in it, unlike PostgreSQL's."""
    left, right = (exp.cast(part.copy(), "varchar") for part in call.expressions)
    return exp.Paren(this=exp.DPipe(this=left, expression=right, safe=True))


def _median(call: exp.Anonymous) -> exp.Expr:
    order = exp.Order(expressions=[exp.Ordered(this=call.expressions[0].copy())])
    half = exp.Anonymous(this="PERCENTILE_CONT", expressions=[exp.Literal.number("0.5")])
    return exp.WithinGroup(this=half, expression=order)


REWRITES: dict[str, Callable[[exp.Anonymous], exp.Expr]] = {
    "avg": _avg,
    "concat": _concat,
    "date_add": _named("dateadd"),
    "date_diff": _named("datediff"),
    "decode": _decode,
    "isnull": _named("coalesce"),
    "listagg": _listagg,
    "median": _median,
    "nvl": _named("coalesce"),
    "nvl2": _nvl2,
    "pow": _named("power"),
    "ratio_to_report": _ratio,
}

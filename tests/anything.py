"""What may come, for tests of anything: texts that break programs, JSON of any shape."""

from collections.abc import Mapping

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

MARK = "金丝雀"
"""Stands in every text of a person: none of it may be logged."""


def bounded(cases: int) -> settings:
    """So many cases, the same each time: what was found once is kept as an example beside them."""
    all_checks = list(HealthCheck)
    return settings(
        max_examples=cases, derandomize=True, deadline=None, suppress_health_check=all_checks
    )


_PIECES = st.sampled_from(
    [
        *("\x00", "\u202e", "\ufeff", "\ud83d", "👩‍👩‍👧‍👦", "🇨🇳", "é", "\u200d"),
        *("<b>", "&amp;", "%s", "{0}", "{{x}}"),
        *("'", '"', "`", "\\", "\r\n", "\t", " ", "\u3000", "/", "／", "@zhiquan_bot", "&", ";--"),
        *("button{'choice':'m:'}", "[卡](topic)", "${jndi:x}", "../..", "6222021234567890123"),
        *("不想活了", "催收", "昨晚", "二〇二六年十三月三十二日", "九" * 40),
        *("1e999", "-0", "٣", "½", "①"),
    ]
)  # fmt: skip

texts = st.lists(_PIECES | st.text(max_size=8), max_size=12).map("".join).map(f"{MARK}{{}}".format)
"""What a person may type."""

huge_texts = texts.map(lambda text: (text * 2000)[:4096])
"""As long as Telegram lets a message be."""

_leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
json_values: st.SearchStrategy[object] = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "chat", "message", "from", "x"]), inner)
    ),
    max_leaves=8,
)


def nested(depth: int) -> object:
    """Lists in lists."""
    value: object = MARK
    for _ in range(depth):
        value = [value]
    return value


def changed(base: Mapping[str, object]) -> st.SearchStrategy[dict[str, object]]:
    """The same with some fields gone and others of any value."""
    names = st.sampled_from(sorted(base))
    return st.builds(
        lambda gone, other: {
            name: other.get(name, value) for name, value in base.items() if name not in gone
        },
        st.sets(names, max_size=2),
        st.dictionaries(names, json_values, max_size=2),
    )

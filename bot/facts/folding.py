"""One spelling for reading numbers and days, character by character: no place ever moves."""

import unicodedata
from functools import lru_cache

_KEPT = "，"  # 300，500 are two numbers; 300,500 is one.
_SIMPLE = str.maketrans(
    "萬億兩個點號塊錢週禮後時幾來餘間鐘內還沒無過從見萇貳參陸鍾圓開問個廿—–−〜∼‧壹贰叁肆伍柒捌玖拾佰仟弍弐",
    "万亿两个点号块钱周礼后时几来余间钟内还没无过从见长二三六钟圆开问个廿---~~.一二三四五七八九十百千二二",
)


def fold(text: str) -> str:
    """Half width, lower case, and simple characters where they count; of the same length."""
    return "".join(map(_folded, text)).translate(_SIMPLE)


def blank(length: int) -> str:
    """What takes the place of a stretch that is read already."""
    return BLANK * length


BLANK = "□"


@lru_cache(maxsize=8192)
def _folded(character: str) -> str:
    if character in _KEPT:
        return character
    plain = unicodedata.normalize("NFKC", character).lower()
    return plain if len(plain) == 1 else character

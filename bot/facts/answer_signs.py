"""What a short answer is besides its value: a question back, 没有, 不知道, or no usual sum."""

import re

from bot.facts.folding import blank, fold

_CLAUSE = re.compile(r"[^,，。;!\n~ ?]+\??|\?")
_ASKS = re.compile(
    "能不能|可不可以|行不行|好不好|是不是|会不会|要不要|该不该|有没有|用不用|算不算|需不需要|够不够"
    "|对不对|中不中|得唔得|系[唔咪]|[会使要有可]唔[会使要有可]|点[解样算]|边[个度]|几耐|乜嘢?|咩|(?<![欠讲])几多|会点$|(?:怎么|怎样|咋|什么|啥|谁)(?![都也])|为什么|为啥|凭什么|如何|多久|好久(?=能|才|该|会|可以|有|给|到|出|下|消|算|$)|哪[天个些里种家一位年月](?!都)"
    "|(?:[寄交发送去到在找给往打]|哪)[到给去在往]?哪(?![怕都]|有)|哪[儿边去]|[寄交发送打]给谁"
    "|[一-鿿](?<![还再就从并偏绝都也我他她你才更可决要甚岂说的])不\\?*$|[了过到]没有?\\?*$"
    "|^[^了过说问打]*(?:[我你他她谁]|先)[^了过说问打]{1,8}还是"
    "(?:[我他她你谁]|先|对方|银行|原告|被告)(?:[^不没]{0,4}$|.*\\?)"
    "|(?<![没不])多少(?![有都])|几(?:天|个月|年|期|号|点)\\?|[得要等]几[天个]|几号[之以]?前|[吗么](?:\\?|$)|呢\\?|[迈嗦]\\?*$|^(?:那|他们?|她|法官|法院|银行|对方)*(?:要是|如果|万一|假如)(?:[^了过]*|[^过]*了)[呢喃]\\?*$|(?:之后|以后|后头)[呢喃]\\?*$|[^0-9.]行\\?|可以\\?"
)
_NO_QUESTION = re.compile(
    "没什么|没啥|不知道|不清楚|不晓得|不记得|记不|忘|不确定|说不|没想|没算|不好说|什么的|来着"
)
_SUM_ALONE = re.compile(
    r"(?:大概|大约|差不多|就)?[0-9.,一二两三四五六七八九十百千万几多kw元块钱左右吧 ]+\?*"
)

_FILL = (
    "(?:我家?|俺|现在|目前|暂时|这[个项]|基本上?|都|也|一直|反正|应该"
    "|好像|真的?|是|就|每个?月|一个月|[,，])*"
)
_TAIL = (
    "(?:[了啊呀哦呢的吧哈诶啦嘞过钱]|收入|来源|开销|支出|费用|花费"
    "|这[项个块]|方面|在家|[,，。!~ ])*"
)
_HOME = (
    "爸爸?妈?妈?|妈妈?|父母|家人|家里人?|老人|爷爷|奶奶|外婆|公公|婆婆|公婆|岳父母|丈母娘|老公|老婆|朋友"
    "|[男女]朋友|对象|亲戚|哥哥?|姐姐?|儿子|女儿|孩子"
)
_OWN_PLACE = "自己|自家|老家|单位|公司|厂里?|员工|集体|学校|工地|娘家"
_NOT_NONE = (
    "算|想|数|统计|固定|记|注意|概念|谱|准|定|办法|多少|几|看|明白|懂|听|弄|搞|细|仔细|法|收到|还|签|说|写|用"
    "|关系|事|问题|什么|啥"
)
_NONE = re.compile(
    f"{_FILL}(?:"
    "没有?|木有|无|冇|莫得|没得|零|0|〇|没有?任何[^0-9]{1,4}"
    "|失业|待业|[没不]上班|没班上|被裁|下岗|在家待着|没钱"
    "|(?:不用|不要|不需要|无需|不必|用不着)[交给付花出还管缴]?(?:房租|租金|钱|费)*"
    "|不(?:[交花付出]|租房)|免费|不租房?|没租房?"
    f"|[跟和与同](?:{_HOME}){{1,3}}(?:一起|一块儿?)?住"
    f"|住在?(?:{_HOME}|{_OWN_PLACE}){{1,3}}的?(?:里|家|房子|宿舍)?|住宿舍"
    "|自己家?的?房子?|自家房子?|自有住?房|自建房|有房子?住?|包吃包?住|包住|包吃"
    "|(?:单位|公司|厂里?|工地|老板)(?:包|管|提供)(?:吃住|吃|住|食宿|宿舍|饭)"
    "|在家里?[吃住]|吃住在家|吃家里的?|啃老|单身|未婚|没结婚|没成家|光棍"
    f"|(?:没有?|无)(?!{_NOT_NONE})[^,，。0-9?]{{1,8}}"
    f"){_TAIL}"
)
_UNKNOWN = re.compile(
    f"{_FILL}(?:"
    "不[太大]?(?:知道|清楚|晓得|记得|确定|明白|懂|了解|会算|好说|好算|好讲)[^,，。?]{0,8}"
    "|记不(?:得|清|住|起来?)[^,，。?]{0,6}|早?忘记?|想不起来|说不(?:好|准|清|上来?)"
    "|没有?(?:算|想|统计|细算|仔细算|注意|留意|记|数)[过好清住]?"
    "|没有?(?:概念|数|谱|准|看懂|看明白|明白|听懂|懂|定)"
    "|随便|都行|都可以|你说呢|看着办|不想说|不方便说?|保密|略|再说|算不(?:清|出来?)|不好意思"
    "|[啊哈嗯额呃哦噢唔咦诶欸]{1,9}|什么|啥|什么意思|啥意思|看不懂|听不懂|[咋怎]么?(?:说|算|填|写)"
    "|就?是?[那这][个种家款][^,，。0-9]{0,10}的?|[?!.。…~]{1,9}"
    f"){_TAIL}[?!.。…~]*"
    "|[^,，。0-9]{0,24}(?:图标|标志|颜色|logo|头像)的?[^,，。0-9]{0,10}(?:[,，。 ].{0,10})?"
    "|[^,，。0-9]{0,20}[,，。 ]*(?:名[字称]|全称|叫啥子?|叫什么)[^,，。0-9]{0,4}"
    "(?:记不[清得住]|忘了?|不知道|不晓得|不记得|想不起来?)了?"
)
_IRREGULAR = re.compile(
    "不固定|不稳定|不一定|不一样|没有?固定|没个?准|没有?定数|时多时少|看情况|看(?:活|单|生意|天气|业绩|提成|行情)"
    "|有时候?|[有没]活|零工|散工|计件|提成|浮动|[旺淡]季|[好差多少]的时候|时薪|一个?小时"
)
_LOWER = re.compile(
    "(?:按|照|用|算|取|写|记)(?:最?[差少低淡小坏]的?|淡季|保守)(?:那?个?月?份?|时候)?的?[来算写记填吧]?"
)
_STORY = re.compile("打(?:了|来|给|我|电话)|催收|骂|上门|短信|律师|法院|起诉|威胁|通讯录|说我")
_LONG, _MOST = 18, 40


def is_supposing(text: str) -> bool:
    """Whether words end as a question what then: 那要是网贷呢, 他们不同意呢."""
    return text.rstrip("?？ ").endswith("呢")


def is_question(text: str) -> bool:
    """Whether something is asked, in any of its clauses."""
    return any(_is_asking(found[0]) for found in _CLAUSE.finditer(fold(text)))


def without_questions(text: str) -> str:
    """The text with the clauses that ask blanked, so that nothing in them is an answer."""
    spoken = fold(text)
    return _CLAUSE.sub(
        lambda found: (
            blank(len(found[0])) if _is_asking(found[0]) else text[found.start() : found.end()]
        ),
        spoken,
    )


def _is_asking(clause: str) -> bool:
    """Whether this folded clause asks; 3000? and 不知道怎么算 do not."""
    if _SUM_ALONE.fullmatch(clause) or _NO_QUESTION.search(clause):
        return False
    return _ASKS.search(clause) is not None


def is_nothing(text: str) -> bool:
    """没有, 不用, 没收入, 跟爸妈住: the sum is 0."""
    spoken = _spoken(text)
    return _NONE.fullmatch(spoken) is not None and _UNKNOWN.fullmatch(spoken) is None


def is_unknown(text: str) -> bool:
    """不知道, 没算过, 啊?, 就那个粉色图标的: nothing that could be written down."""
    return _UNKNOWN.fullmatch(_spoken(text)) is not None


def is_irregular(text: str) -> bool:
    """Whether it says that the sum is not the same every month."""
    return _IRREGULAR.search(fold(text)) is not None


def takes_lower(text: str) -> bool:
    """Whether the lower of two sums is to count: 就按差的来, 淡季算."""
    return _LOWER.search(fold(text)) is not None


def is_story(text: str) -> bool:
    """Whether it tells what a collector did, and names a sum only beside."""
    return len(text) > _LONG and _STORY.search(fold(text)) is not None


def _spoken(text: str) -> str:
    """The text without what nobody says aloud; long ones are no short answer."""
    return fold(text).strip()[:_MOST]

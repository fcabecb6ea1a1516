"""How the desk names what went wrong, and what can be made of it."""

from bot.concepts.missed import Decision, MissKind

KINDS = {
    MissKind.REFUSED: "说不归我们管",
    MissKind.NOT_UNDERSTOOD: "没听懂",
    MissKind.ASKED_BACK: "反问了",
    MissKind.USELESS: "点了没用",
    MissKind.CORRECTED: "听错了被更正",
}

DECISIONS = {
    Decision.EXAMPLE: "问法",
    Decision.FOLLOW_UP: "接着会问",
    Decision.TEST: "测试题",
    Decision.NOT_OURS: "不归我们管",
    Decision.NOTHING: "不用管",
}

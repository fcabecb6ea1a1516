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

ASPECTS = {
    "why": "凭什么、哪条写的",
    "how": "具体怎么做",
    "say": "怎么说、怎么写",
    "how_long": "要多久、几天",
    "needed": "要带什么材料",
    "where": "去哪里、打哪个电话",
    "cost": "要花多少钱",
    "fails": "不管用、不理怎么办",
    "effect": "会怎样、有什么影响",
    "doubt": "真的吗、可他说……",
    "other_case": "那如果是……",
}

FACTS = {
    "time": "几点",
    "night": "夜里",
    "count": "几次",
    "per": "每多久",
    "contacted": "找了谁",
    "acts": "做了什么",
    "lender": "机构",
    "channel": "怎么来的",
    "product": "欠的哪一种",
    "amount": "欠多少",
    "overdue_months": "逾期几个月",
    "monthly_ability": "每月能还",
    "stage": "到哪一步",
    "role": "是谁",
    "event": "发生过",
}

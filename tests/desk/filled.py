"""What is filled into each form of the desk, by the name of the field."""

FIGURE = "regulator_forward_working_days"
FIGURE_ANSWERS = {
    "way": "new",
    "description": "监管部门收到辖区内的消费投诉，转给被投诉机构并告知投诉人的工作日数",
    "value": "10",
    "source": "bank-insurance-complaints-measures-2020#第三十三条",
    "since": "2026-11-01",
}
CONTACT = "tenant_line"
CONTACT_ANSWERS = {
    "id": CONTACT,
    "name": "租客咨询处",
    "where": "街道办事处一楼",
    "for": "租房押金",
    "not_for": "不管催收",
    "hours": "工作日上午",
}
FOLLOW_UP = "mortgage"
FOLLOW_UP_ANSWERS = {
    "topic": FOLLOW_UP,
    "aspect": "how_long",
    "asks": "房贷投诉银行多久回\n房贷的事几天给答复\n房贷投诉要等几天",
    "says": "部门规章要求银行 {{bank_complaint_reply_days}} 日内答复投诉"
    "[[bank-insurance-complaints-measures-2020#第十八条]]，问房贷科也一样。",
}
TOPIC = "rent_deposit"
TOPIC_ANSWERS = {
    "id": TOPIC,
    "topic_title": "房东不退押金",
    "button": "押金不退",
    "group": "conduct",
    "difference": "租房的押金要不回来",
    "short": "先要书面的说法。部门规章要求银行 {{bank_complaint_reply_days}} 日内答复投诉"
    "[[bank-insurance-complaints-measures-2020#第十八条]]。",
    "steps": "**留证据。** 拍合同。\n**写信。** 说退多少。\n**打电话。** 打 [[contact:12345]]。",
    "sayings": "请把押金退给我。",
    "cautions": "别赌气不交房租。\n别删聊天记录。",
    "examples": "\n".join(f"第{number}个房东不退我押金怎么办呀" for number in range(1, 42)),
    "related_1": "complain_how",
    "related_2": "evidence_keeping",
    **{
        f"aspect{number}": aspect
        for number, aspect in enumerate(("why", "how", "say", "how_long", "needed"), 1)
    },
    **{
        f"asks{number}": f"押金问法甲{number}\n押金问法乙{number}\n押金问法丙{number}"
        for number in range(1, 6)
    },
    **{f"says{number}": f"这是第 {number} 个回答。" for number in range(1, 6)},
}
STEP = "suit_ask_copy"
STEP_ANSWERS = {
    "file": "advice/court.yml",
    "id": STEP,
    "rank": "court_day",
    "who": "debtor",
    "stage": "sued",
    "by": "today",
    "says": "向法院要一份起诉状副本。",
    "because": "看了才知道怎么答。",
    "source": "civil-procedure-law#第一百二十八条",
    "button": "lawsuit",
}

"""Papers of enforcement, arbitration, bankruptcy and police; each with its sort and last day."""

COURT, SIGNED = "杭州市西湖区人民法院\n", "\n审判员 柳某\n二〇二六年十一月十六日"
POLICE = "杭州市公安局西湖区分局\n"

AWARD_FREEZE = (
    """杭州市中级人民法院
执行裁定书
（2026）浙01执322号
申请执行人：某某小额贷款有限公司。被执行人：方某。
某某仲裁委员会（2025）某仲裁字第77号裁决书已经发生法律效力，申请执行人申请执行。
裁定如下：冻结被执行人方某的银行存款43,000元。"""
    + SIGNED
)
NOTICE_OF_AWARD = AWARD_FREEZE.replace("执行裁定书", "执行通知书").replace(
    "裁定如下：冻结被执行人方某的银行存款43,000元。",
    "责令你立即履行裁决书确定的义务，并报告财产。",
)
EXIT_BAN = f"""{COURT}限制出境决定书
（2026）浙0106执71号
被限制人：方某。本院决定：限制方某出境，期限至债务履行完毕。
如不服本决定，可以自收到决定书之日起十日内向浙江省杭州市中级人民法院申请复议，复议期间不停止执行。{SIGNED}"""
PLAN = f"""{COURT}执行财产分配方案
（2026）浙0106执90号
方某名下房屋拍卖款扣除执行费后，按比例分配：某某银行310,000元，辛某42,000元。
债权人、被执行人有异议的，自收到本分配方案之日起十五日内书面提出。{SIGNED}"""
ARBITRAL = """某某仲裁委员会
调 解 书
（2026）某仲调字第818号
申请人：某某科技有限公司。被申请人：方某。
双方自愿达成协议：方某分十二期还款，每期1,100元，第一期于2026年12月20日前付。
本调解书与裁决书具有同等法律效力。"""
DEED = f"""{COURT}执行裁定书
（2026）浙0106执异31号
方某以没有到公证处签字为由提出申请。
裁定如下：不予执行某某公证处（2025）某证执字第9号公证债权文书。{SIGNED}"""
LIFTED = f"""{COURT}民事裁定书
（2026）浙0106民初1234号
原告申请解除保全。裁定如下：解除对被告方某银行存款20,000元的冻结。
如不服本裁定，可以自收到裁定书之日起五日内申请复议一次。{SIGNED}"""
POLICE_FREEZE = f"""{POLICE}协助冻结财产通知书
杭公西（经）冻财字〔2026〕120号
某某银行：因侦查需要，请冻结方某名下尾号3301的账户，冻结期限六个月。"""
DISCHARGED = f"""{COURT}民事裁定书
（2026）浙0106破个5号
债务人：方某。裁定如下：免除方某未清偿的债务。
债权人不服的，可以自收到裁定之日起十五日内申请复议。{SIGNED}"""
BANKRUPT = """某某小额贷款有限公司管理人
通知书
某某区人民法院以（2026）浙0106破9号裁定受理破产清算，指定本所为管理人。方某：你尚欠借款8,300元，请向管理人账户清偿。
债权人应在2026年12月30日前申报债权。"""
REFUSED_TO_ENFORCE = f"""{COURT}执行裁定书
（2026）浙0106执异77号
裁定如下：驳回某某小额贷款有限公司的执行申请。
如不服本裁定，可以自裁定书送达之日起十日内向浙江省杭州市中级人民法院申请复议。{SIGNED}"""
NEW_CREDITOR = f"""{COURT}执行裁定书
（2026）浙0106执异81号
裁定如下：变更某某资产管理有限公司为（2024）浙0106执55号案的申请执行人。
如不服本裁定，可以自裁定书送达之日起十日内向浙江省杭州市中级人民法院申请复议。{SIGNED}"""
REMINDED = f"""{COURT}自动履行告知书
（2026）浙0106民初1234号
方某：判决已经生效，请在十日内自动履行；逾期不履行，申请执行人可以申请强制执行。{SIGNED}"""
SETTLED_IN_ENFORCEMENT = """执行和解协议
申请执行人：某某银行。被执行人：方某。方某确认尚欠98,000元，分24期还，逾期一期付违约金5,000元，放弃一切异议。
被执行人签字："""
NOT_SET_ASIDE = f"""杭州市中级人民法院
民事裁定书
（2026）浙01民特66号
申请人方某请求撤销某某仲裁委员会（2025）某仲裁字第77号裁决。
裁定如下：驳回方某的申请。{SIGNED}"""
ORDER_ENDED = f"""{COURT}民事裁定书
（2026）浙0106民督218号
方某在法定期间提出书面异议。裁定如下：终结本案的督促程序。支付令自行失效。{SIGNED}"""
AWARD_BY_PHONE = (
    "【某某仲裁委】方某：（2026）某仲裁字第77号案裁决书已于2026年11月18日通过短信发送，请查收。"
)

SORTS = [
    ("execution_notice", AWARD_FREEZE, "award_execution", None, None),
    ("execution_notice", NOTICE_OF_AWARD, "award_execution", "resist_award", "2026-12-07"),
    ("consumption_restriction", EXIT_BAN, "exit_ban", "exit_ban_review", "2026-11-30"),
    ("execution_notice", PLAN, "distribution_plan", "distribution_objection", "2026-12-07"),
    ("arbitration_notice", ARBITRAL, "arbitral_mediation_paper", None, None),
    ("notary_enforcement", DEED, "deed_not_enforced", None, None),
    ("freeze_notice", LIFTED, "lifted", None, None),
    ("freeze_notice", POLICE_FREEZE, "police_freeze", None, None),
    ("collection_letter", BANKRUPT, "bankruptcy_paper", None, None),
    ("judgment", DISCHARGED, "ruling", None, None),
    ("judgment", REFUSED_TO_ENFORCE, "enforcement_refused", None, None),
    ("judgment", NEW_CREDITOR, "new_creditor_ruling", "added_party_review", "2026-11-30"),
    ("execution_notice", REMINDED, "reminder_to_perform", None, None),
    ("execution_notice", SETTLED_IN_ENFORCEMENT, "settlement_in_enforcement", None, None),
    ("judgment", NOT_SET_ASIDE, "set_aside_refused", None, None),
    ("judgment", ORDER_ENDED, "order_ended", None, None),
    ("arbitration_notice", AWARD_BY_PHONE, "award", "set_aside_award", "2027-02-20"),
]

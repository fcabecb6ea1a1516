"""The papers of a case, and which of them is another one told more exactly."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

PAPERS = ("sms_bank", "sms_agency", "sms_lawyer_style", "sms_fake_court", "sms_fake_police",
          "sms_court", "lawyer_letter", "collection_letter", "debt_transfer_notice", "summons",
          "answer_notice", "payment_order", "arbitration_notice", "notary_enforcement",
          "freeze_notice", "execution_notice", "consumption_restriction", "mediation_invite",
          "judgment", "final_judgment", "mediation_paper", "award", "ruling", "appealable_ruling",
          "review_ruling", "outsider_ruling", "added_party_ruling", "added_owner_ruling",
          "special_ruling", "final_ruling", "security_notice", "appraisal", "award_execution",
          "notary_execution", "detention_decision", "third_party_notice", "criminal_judgment",
          "criminal_ruling", "criminal_paper", "announcement", "appeal_notice",
          "enforcement_summons", "sms_enforcement", "assist_notice", "case_receipt",
          "acknowledgment", "police_summons", "police_penalty", "police_no_case",
          "evidence_notice", "small_claim_notice", "address_form", "award_not_enforced",
          "award_stands", "not_supported", "enforcement_rights", "settlement_offer",
          "court_fee_notice", "private_assist", "order_stands", "arbitration_goes_on",
          "official_other", "exit_ban", "lifted", "police_freeze", "distribution_plan",
          "settlement_in_enforcement", "reminder_to_perform", "bankruptcy_paper",
          "arbitral_mediation_paper", "deed_not_enforced", "set_aside_refused", "order_ended",
          "enforcement_refused", "new_creditor_ruling",
          "credit_objection_reply", "bank_complaint_reply", "regulator_reply",
          "card_suspension", "phishing", "agent_ad", "wechat_excerpt", "visit_note",
          "settlement_certificate", "other")  # fmt: skip
_RULINGS = ("appealable_ruling", "review_ruling", "outsider_ruling", "added_party_ruling",
            "added_owner_ruling", "special_ruling", "final_ruling", "freeze_notice")  # fmt: skip
_MORE_EXACTLY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ruling": _RULINGS,
        "added_party_ruling": ("added_owner_ruling", "review_ruling"),
        "judgment": ("final_judgment",),
        "arbitration_notice": ("award", "award_execution"),
        "execution_notice": ("award_execution", "notary_execution"),
    }
)
"""By paper, what it may turn out to be when more is told of it."""
RULINGS_TO_TELL = ("ruling", "added_party_ruling")
"""Rulings of which it is still to be told what may be done against them."""
SAME_PAPER = (*RULINGS_TO_TELL, "execution_notice")
"""Papers whose day of service stays when it is told which they are."""


def may_be(paper: str | None) -> tuple[str, ...]:
    """What a paper may turn out to be when more is told of it."""
    return _MORE_EXACTLY.get(paper or "", ())


def most_exact(papers: Iterable[str]) -> tuple[str, ...]:
    """The papers but for those that another of them says more exactly."""
    named = tuple(papers)
    return tuple(each for each in named if not {*may_be(each)} & {*named})

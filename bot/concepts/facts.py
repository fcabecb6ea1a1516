"""What a person told about a collector's contact, in the names and values of the topics list."""

from collections.abc import Collection
from dataclasses import dataclass, replace

CONTACTED = ("self", "family", "friend", "colleague", "employer", "emergency_contact", "other")
"""Who was reached, as seen from the debtor, in the order in which they are told."""

ACTS = (
    "insult",
    "threat_violence",
    "threat_exposure",
    "impersonate_police",
    "impersonate_court",
    "impersonate_lawyer",
    "fake_document",
    "home_visit",
    "workplace_visit",
    "disclose_debt",
    "post_publicly",
    "demand_fee",
    "push_new_loan",
    "no_identity",
    "call_frequency",
    "call_night",
    "contact_third_party",
    "automated_bombing",
)
CHANNELS = ("phone", "sms", "wechat", "visit", "letter")
PRODUCTS = ("credit_card", "bank_loan", "online_loan", "consumer_finance")
LENDER_KINDS = ("bank", "platform", "consumer_finance")
_COUNTED_BY_DAY = 7
"""Over how many days a total still tells how many there are a day."""
SIGNS = (
    "physical_harm",
    "forced_entry",
    "detention",
    "property_damage",
    "following",
    "asked_to_stop",
)
"""Circumstances that some rules depend on, beside the acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """The facts of a contact; `as_json` gives those that records, letters and tests share.

    `time` holds "HH:MM" in Asia/Shanghai; `days` is the number of days that `count` covers when
    `per` is None. `amount` is in yuan (the lower bound), `overdue` an ISO 8601 duration such as
    P3M, `dates` ISO days. `lender` is the name as written. `is_contacted_assumed` when nobody
    was named, so that it was the writer. `is_heard` when the model of clauses listened too;
    `doubts` names what may yet be improper (bot.facts.hearing), the weightiest first.
    """

    time: tuple[str, ...] = ()
    night: bool | None = None
    count: int | None = None
    per: str | None = None
    days: int | None = None
    contacted: tuple[str, ...] = ()
    is_contacted_assumed: bool = False
    acts: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    lender: str | None = None
    lender_kind: str | None = None
    channel: str | None = None
    product: str | None = None
    amount: int | None = None
    overdue: str | None = None
    dates: tuple[str, ...] = ()
    writer: str = "debtor"
    urgent: bool = False
    is_heard: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Nothing improper was told."""
        return not self.acts and not self.signs and not self.night and not self.urgent

    @property
    def is_told(self) -> bool:
        """Enough was told to say anything of it; that it was a call to oneself is not."""
        others = set(self.contacted) - {"self"}
        when = self.time or self.dates or self.night is not None
        return bool(when or self.count or others or self.acts or self.signs or self.urgent)

    @property
    def is_judged(self) -> bool:
        """Enough to call a contact proper: how, how often or whom they reached, not only when."""
        return bool(self.channel or self.count or set(self.contacted) - {"self"})

    @property
    def per_day(self) -> int | None:
        """How many a day, at least; None when the story does not say over how long.

        A total over weeks or months is no count a day.
        """
        if self.count is None or self.per == "day":
            return self.count
        days = 7 if self.per == "week" else self.days
        return self.count // days if days and days <= _COUNTED_BY_DAY else None

    @property
    def told(self) -> frozenset[str]:
        """What is told, by the names of `without`."""
        single = {"time": self.time, "count": self.count, "lender": self.lender,
                  "channel": self.channel}  # fmt: skip
        several = (*(f"act_{each}" for each in (*self.acts, *self.signs)),
                   *(f"contacted_{each}" for each in self.contacted))  # fmt: skip
        return frozenset((*(name for name, value in single.items() if value), *several))

    def corrected_by(self, newer: "ContactFacts") -> "ContactFacts":
        """What was told later counts: it replaces a time or a number, and adds acts and people.

        Whoever was only assumed to be contacted gives way to those who were named.
        """
        replaced = newer.told & {"time", "count", "lender", "channel"}
        if "count" in replaced:
            replaced |= {"act_call_frequency"}
        left = self.without(replaced)
        acts, signs = {*left.acts, *newer.acts}, {*left.signs, *newer.signs}
        named = [
            each for each in (left, newer) if each.contacted and not each.is_contacted_assumed
        ]
        contacted = {who for each in (named or (left, newer)) for who in each.contacted}
        is_counted = newer.count is not None
        return replace(
            left,
            time=newer.time or left.time,
            night=left.night if newer.night is None else newer.night,
            count=newer.count if is_counted else left.count,
            per=(newer.per or self.per) if is_counted else left.per,
            days=newer.days if is_counted else left.days,
            contacted=tuple(each for each in CONTACTED if each in contacted),
            is_contacted_assumed=not named,
            acts=tuple(each for each in ACTS if each in acts),
            signs=tuple(each for each in SIGNS if each in signs),
            lender=newer.lender or left.lender,
            lender_kind=newer.lender_kind or left.lender_kind,
            channel=newer.channel or left.channel,
            product=newer.product or left.product,
            dates=newer.dates or left.dates,
            urgent=left.urgent or newer.urgent,
            is_heard=left.is_heard and newer.is_heard,
            doubts=tuple(dict.fromkeys((*left.doubts, *newer.doubts))),
        )

    def without(self, unheard: Collection[str]) -> "ContactFacts":
        """But for what was taken back, and for what only followed from it.

        `unheard` holds time, count, lender, channel, act_<act or sign> and contacted_<who>.
        """
        gone = set(unheard)
        contacted = tuple(each for each in self.contacted if f"contacted_{each}" not in gone)
        if contacted != self.contacted and not set(contacted) - {"self"}:
            gone.add("act_contact_third_party")
        if "act_contact_third_party" in gone:
            contacted = tuple(each for each in contacted if each == "self")
        if "time" in gone:
            gone.add("act_call_night")
        acts = tuple(each for each in self.acts if f"act_{each}" not in gone)
        signs = tuple(each for each in self.signs if f"act_{each}" not in gone)
        is_counted = "count" not in gone
        return replace(
            self,
            time=() if "time" in gone else self.time,
            night=None if "act_call_night" in gone else self.night,
            count=self.count if is_counted else None,
            per=self.per if is_counted else None,
            days=self.days if is_counted else None,
            contacted=contacted,
            acts=acts,
            signs=signs,
            lender=None if "lender" in gone else self.lender,
            lender_kind=None if "lender" in gone else self.lender_kind,
            channel=None if "channel" in gone else self.channel,
            urgent=self.urgent and bool(acts or signs or not gone),
        )

    def as_json(self) -> dict[str, object]:
        """Plain values under the names of "Facts of a contact"."""
        time = self.time[0] if len(self.time) == 1 else list(self.time) or None
        return {
            "time": time,
            "night": self.night,
            "count": self.count,
            "per": self.per,
            "contacted": list(self.contacted),
            "acts": list(self.acts),
            "lender": self.lender,
            "channel": self.channel,
        }

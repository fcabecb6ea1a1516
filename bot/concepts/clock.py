"""The one time zone: every deadline, every reminder and every "when did they call" is in it."""

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The clock of the whole program, in Shanghai's time; handed to whoever needs one."""
    return datetime.now(SHANGHAI)

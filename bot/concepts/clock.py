"""The one time zone: every deadline, every reminder and every "when did they call" is in it."""

from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

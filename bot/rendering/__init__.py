"""From a Reply to what a channel can show. Pure; knows no channel's library."""

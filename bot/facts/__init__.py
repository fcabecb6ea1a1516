"""Reads the facts of a contact from a Chinese story. Pure: words come in, facts go out.

Own code, because no maintained library does it in both environments: cn2an and JioNLP are not
in the locks (JioNLP reads times well, but neither counts with lower bounds such as 七八个 nor
who was reached, and it pulls jieba dictionaries into the bot); duckling needs a Haskell server;
dateparser knows no 半夜 and no 天没亮. Numerals and clock times are the small part of the work.
"""

"""How the tables came to be as they are: one step a file in versions/, run at each start.

To change a table: change bot/storage/tables.py, then
`.venv/bin/python -m bot.storage.migrations "say what changes"`, read the file that it writes, add
it to the same commit. A step that was released is never changed again.
"""

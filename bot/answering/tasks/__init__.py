"""What the bot does when the conversation asks for a task: one module for each kind."""

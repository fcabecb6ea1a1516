"""The one home of the conversation: pure; state in, state out."""

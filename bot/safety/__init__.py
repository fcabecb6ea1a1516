"""Words of danger and the masking of personal data: pure, light, shared with Rasa's side."""

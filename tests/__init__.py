"""The tests mirror bot/ and rasa_project/."""

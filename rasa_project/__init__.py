"""What is meant and what comes next: a Rasa 3.6 project. Holds no secret and no personal record."""

"""What is meant and what comes next: a Rasa 3.6 project. It holds no secret and no record."""

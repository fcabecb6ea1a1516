"""What Rasa's pipeline needs for Chinese: normalising, classifying, accepting.

The modules that name Rasa are thin; what they wrap is plain and works without Rasa.
"""

"""From the bytes of a picture, a PDF or a Word file to its words, in a process of its own."""

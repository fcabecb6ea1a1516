"""The advocates' desk: pages on this machine with which the knowledge base is kept true."""

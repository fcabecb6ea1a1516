"""The advocates' desk: a page on this machine that keeps the knowledge true."""

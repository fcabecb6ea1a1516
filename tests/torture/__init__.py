"""`make torture` and `make soak`: the whole bot under blows, and for long, always bounded."""

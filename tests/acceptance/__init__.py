"""The whole product held against figures that it did not compute: by hand, published, or by another program."""

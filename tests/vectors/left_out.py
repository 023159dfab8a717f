"""Published figures that no partner program computes, each with the reason."""

LEFT_OUT: dict[str, str] = {}

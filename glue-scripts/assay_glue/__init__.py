"""What the Glue scripts share: reading a contract's file, judging its rows, publishing them."""

"""`python -m minutes_llm` is the command `minutes-llm`."""

from minutes_llm.cli import main

main()

"""The overview (监管总览): what the leaders ask about a year, and for every number the list it was counted from.

``reading`` reads facts, ``counting`` chooses and counts them (pure), ``page`` and ``exports`` show them.
"""

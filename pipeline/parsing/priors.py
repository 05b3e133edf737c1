"""How often each rule is right, by its name in the record: what a fact's confidence starts from.

Shares of the facts that are right among those that a rule finds in `corpus/lessons`, 120 documents that the rules were
not made with (``python -m corpus.trust``, 1 December 2026); below thirty facts a cautious guess, marked so. Targets and
results are told more of: see sureness.py. Real paper is more mixed than these documents.
"""

from __future__ import annotations

from typing import Final

RIGHT: Final = {
    "label": 0.98,
    "label_reread": 0.85,  # a guess
    "number": 0.99,
    "short_mention": 0.85,  # a guess
    "mention_above": 0.85,  # a guess
    "law_name": 0.96,
    "named": 0.65,
    "standard": 0.75,  # a guess
    "date_before": 0.99,
    "date_by": 0.95,
    "date_on": 0.95,
    "unit_heading": 0.97,
    "label_line": 0.98,
    "subject": 0.86,
    "bracket": 0.9,  # a guess
    "order": 0.95,
    "coordination": 0.96,
    "improvement": 0.8,  # a guess
    "table_row": 0.9,  # a guess
    "table_figure": 0.85,  # a guess
}

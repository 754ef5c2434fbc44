"""What of other people's articles may be shown in public: a projection of digests, made before any page is.

By construction: the site of the public profile is made of the projected digests alone, so no page, index, feed or
export can hold more than they do. Facts stay (who says it, where, how firmly, the figures, that it stands there);
words beyond the excerpts are gone, with marked cuts.
"""

from generator.rights.counting import Counted, counted
from generator.rights.ledger import Ledger
from generator.rights.planning import Plan, plan
from generator.rights.projection import published
from generator.rights.rules import Right, right_of, unclear

__all__ = ["Counted", "Ledger", "Plan", "Right", "counted", "plan", "published", "right_of", "unclear"]

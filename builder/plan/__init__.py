"""Plan text to a tree of provisions: official numbering and layout after GB/T 9704-2012, repairs, targets."""

from builder.plan.parsing import parse
from builder.plan.recognition import is_plan
from builder.plan.record import to_record

__all__ = ["is_plan", "parse", "to_record"]

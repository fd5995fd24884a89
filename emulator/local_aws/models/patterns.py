"""AWS's regular expressions, which are Java's, for Python."""
from __future__ import annotations

import functools
import re
from typing import Callable

import regex   # AWS's name properties of Unicode, which re does not know

# a range of surrogate pairs means the characters that they make; a bracket inside a class; classes of POSIX; code points; what is
# repeated twice
JAVA = ((r"\\uD800\\uDC00-\\uDBFF\\uDFFF", r"\\U00010000-\\U0010FFFF"), (r"\[\[", r"[\\["), (r"\\p\{Alnum\}", "a-zA-Z0-9"),
        (r"\\p\{Graph\}", "!-~"), (r"\\p\{Print\}", " -~"), (r"\\p\{Punct\}", r"!-/:-@\\[-`{-~"), (r"\\p\{LD\}", r"\\p{L}\\p{Nd}"),
        (r"\\p\{all\}", r"\\s\\S"), (r"\\x\{(?:00)?([0-9A-Fa-f]{2})\}", r"\\x\1"), (r"(\[[^]]*\]\{\d+\})(?=\{)", r"(?:\1)"))


@functools.cache
def matcher(pattern: str) -> Callable[[str], bool]:
    """Whether a whole text fits: AWS matches whole values, anchored or not."""
    text = pattern
    for java, python in JAVA:
        text = re.sub(java, python, text, flags=re.IGNORECASE)
    compiled = regex.compile(text, regex.VERSION0 | (0 if r"\p" in text else regex.ASCII))   # as Java's \w, \d and \s
    return lambda value: compiled.fullmatch(value) is not None

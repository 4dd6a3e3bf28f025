"""What holds for credit codes and paths, without a database."""

from investreview.core.errors import Invalid

CODE_LENGTH = 18
# GB 32100-2015, table 2: digits and capital letters without I, O, S, V, Z, which are easily misread.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(CODE_LENGTH - 1))


def check_digit(first_17: str) -> str:
    """The 18th character that GB 32100-2015 asks for after these 17.

    Raises: ValueError when there are not 17 characters of the alphabet.
    """
    if len(first_17) != CODE_LENGTH - 1:
        raise ValueError(f"17 characters are needed, not {len(first_17)}")
    total = sum(ALPHABET.index(letter) * weight for letter, weight in zip(first_17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def check_credit_code(text: str) -> str:
    """The unified social credit code (统一社会信用代码) as it is stored: 18 half-width capitals, check digit right.

    Blanks around it, full-width and small letters are what people paste; they name the same code and are read so.
    Raises: Invalid (registry_code_*) for anything else. Rule: GB 32100-2015.
    """
    code = text.translate(_NARROW).strip().upper()
    shown = code[:40]
    if len(code) != CODE_LENGTH:
        raise Invalid("registry_code_length", field="credit_code", given=shown, length=len(code))
    for letter in code:
        if letter not in ALPHABET:
            raise Invalid("registry_code_letter", field="credit_code", given=shown, letter=letter)
    if check_digit(code[:-1]) != code[-1]:
        raise Invalid("registry_code_check_digit", field="credit_code", given=shown)
    return code


def group_path(path: str) -> str:
    """The group's part of an enterprise path: ``LYG/0003/`` of ``LYG/0003/0007/``."""
    return "/".join(path.split("/")[:2]) + "/"


def ancestor_paths(path: str) -> tuple[str, ...]:
    """The path and everything above it, the commission first."""
    parts = path.rstrip("/").split("/")
    return tuple("/".join(parts[: depth + 1]) + "/" for depth in range(len(parts)))

import pytest
from hypothesis import given
from hypothesis import strategies as st

from investreview.core.errors import Invalid
from investreview.registry.rules import ALPHABET, ancestor_paths, check_credit_code, check_digit, group_path

RIGHT = "91350100M000100Y43"  # the example of GB 32100-2015


@pytest.mark.parametrize(
    "typed",
    [
        RIGHT,
        " 91350100M000100Y43\t",
        "91350100m000100y43",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "\u300091350100M000100Y43\u3000",
    ],
)
def test_check_credit_code_right_code_is_stored_in_one_spelling(typed: str) -> None:
    assert check_credit_code(typed) == RIGHT


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("91350100M000100Y44", "registry_code_check_digit"),
        ("91350100M000100Y34", "registry_code_check_digit"),
        ("91350100M000100I43", "registry_code_letter"),
        ("91350100M000100O43", "registry_code_letter"),
        ("91350100M000100S43", "registry_code_letter"),
        ("91350100M000100V43", "registry_code_letter"),
        ("91350100M000100Z43", "registry_code_letter"),
        ("91350100M000100-43", "registry_code_letter"),
        ("91350100M000100①43", "registry_code_letter"),
        ("٩١350100M000100Y43", "registry_code_letter"),
        ("91350100M000100Y4", "registry_code_length"),
        ("91350100M000100Y433", "registry_code_length"),
        ("9135 0100 M000 100Y 43", "registry_code_length"),
        ("", "registry_code_length"),
        ("\x00", "registry_code_length"),
    ],
)
def test_check_credit_code_wrong_code_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_credit_code(typed)
    assert (refused.value.code, refused.value.field) == (code, "credit_code")


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_check_credit_code_one_mistyped_character_is_noticed(first: str, place: int, letter: str) -> None:
    code = first + check_digit(first)
    assert check_credit_code(code) == code
    mistyped = code[:place] + letter + code[place + 1 :]
    if mistyped != code:
        with pytest.raises(Invalid):
            check_credit_code(mistyped)


@pytest.mark.parametrize("length", [16, 18])
def test_check_digit_other_length_is_a_mistake_of_ours(length: int) -> None:
    with pytest.raises(ValueError, match="17 characters"):
        check_digit("9" * length)


@pytest.mark.parametrize(
    ("path", "group", "ancestors"),
    [
        ("LYG/0003/", "LYG/0003/", ("LYG/", "LYG/0003/")),
        ("LYG/0003/0007/", "LYG/0003/", ("LYG/", "LYG/0003/", "LYG/0003/0007/")),
    ],
)
def test_paths_lead_up_to_the_commission(path: str, group: str, ancestors: tuple[str, ...]) -> None:
    assert (group_path(path), ancestor_paths(path)) == (group, ancestors)

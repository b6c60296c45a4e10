"""What is wrong with scores, texts and corrections. One case or more for each code, with its exact words."""

from __future__ import annotations

import pytest

from tests.helpers.collections_of import (
    ANYTOWN,
    EQUITY,
    GOLD,
    LABELS,
    OTHER_TEXT,
    OTHERSHIRE,
    SAFEGUARDING,
    Edit,
    case,
    problems,
)

CASES = (
    case(
        "EV401",
        "score missing",
        [(ANYTOWN, "  learning: 3\n", None)],
        f"{ANYTOWN}:5: EV401 no score for learning",
        "add a line for each under scores",
    ),
    case(
        "EV402",
        "score out of range",
        [(ANYTOWN, "  equity: 3", "  equity: 5")],
        f"{ANYTOWN}:8: EV402 score of 'equity' must be 1 to 4 (got 5)",
        "write the score that CQC's page shows",
    ),
    case(
        "EV403",
        "scores differ",
        [(EQUITY, "Score: 3\n3 - Evidence shows a good standard", "Score: 2\n2 - Evidence shows some shortfalls")],
        f"{EQUITY}:3: EV403 the text says score 2 but report.yml says 3",
        "compare both with CQC's page and correct the wrong one",
    ),
    case(
        "EV404",
        "rating differs",
        [(ANYTOWN, "rating: Good", "rating: Outstanding")],
        (f"{ANYTOWN}:3: EV404 rating is 'Outstanding' but the nine scores add up to 27 of 36, which is 75% (Good)"),
        "compare the nine scores and rating with CQC's page",
    ),
    case(
        "EV405",
        "percentage differs",
        [(ANYTOWN, "percentage: 75", "percentage: 57")],
        f"{ANYTOWN}:4: EV405 percentage is 57 but the nine scores add up to 27 of 36, which is 75% (Good)",
        "compare the nine scores, percentage and rating with CQC's page",
    ),
    case(
        "EV405",
        "percentage and rating differ",
        [(ANYTOWN, "percentage: 75", "percentage: 89"), (ANYTOWN, "rating: Good", "rating: Outstanding")],
        f"{ANYTOWN}:4: EV405 percentage is 89 but the nine scores add up to 27 of 36, which is 75% (Good)",
        "compare the nine scores, percentage and rating with CQC's page",
    ),
    case(
        "EV501",
        "no score",
        [(EQUITY, "Score: 3\n3 - Evidence shows a good standard\n", None)],
        f"{EQUITY}:1: EV501 the text has no line like “Score: 3”",
        "add the line as CQC's page has it, under the statement's name",
    ),
    case(
        "EV502",
        "score twice",
        [(EQUITY, "Score: 3\n", "Score: 3\nScore: 2\n")],
        f"{EQUITY}:4: EV502 a second score, “Score: 2”, after that of line 3",
        "keep one statement page in a file, and its own score only",
    ),
    case(
        "EV502",
        "second page",
        [(EQUITY, "day centre.\n", "day centre.\n" + OTHER_TEXT.replace("Score: 3\n", ""))],
        f"{EQUITY}:13: EV502 a second statement page begins with “Othershire Council: local authority assessment”",
        "keep one statement page in a file: put the other into a file of its own, or delete it",
    ),
    case(
        "EV502",
        "below copyright",
        [(SAFEGUARDING, "Unpaid", "© Care Quality Commission\nUnpaid")],
        (
            f"{SAFEGUARDING}:11: EV502 “Unpaid carers told us that they knew whom to call.” stands below "
            "the copyright line, line 10"
        ),
        "delete line 10 if the key findings go on below it, or else what is not theirs",
    ),
    case(
        "EV503",
        "score in text out of range",
        [(EQUITY, "Score: 3\n", "Score: 5\n")],
        f"{EQUITY}:3: EV503 score '5' is not one of 1, 2, 3, 4",
        "write the statement's own score as CQC's page has it, e.g. “Score: 3”",
    ),
    case(
        "EV504",
        "explanation differs",
        [(EQUITY, "a good standard", "some shortfalls")],
        f"{EQUITY}:4: EV504 the score is 3 but the line under it says “3 - Evidence shows some shortfalls”",
        "CQC explains 3 as “Evidence shows a good standard”: copy both lines from its page",
    ),
    case(
        "EV505",
        "other statement",
        [(SAFEGUARDING, None, None), ("data/reports/othershire-2025-02/learning.txt", None, OTHER_TEXT)],
        (
            "data/reports/othershire-2025-02/learning.txt:2: EV505 the file is named 'learning' but the text "
            "is that of 'Safeguarding'"
        ),
        "rename the file to safeguarding.txt, or paste the right text",
    ),
    case(
        "EV505",
        "nameless statement",
        [(EQUITY, "Equity in experience and outcomes", "Fairness in all things")],
        f"{EQUITY}:2: EV505 'Fairness in all things' is the name of no quality statement",
        "data/framework.yml has the names that are known",
    ),
    case(
        "EV506",
        "other authority",
        [(EQUITY, "Anytown Council", "Othershire Council")],
        f"{EQUITY}:1: EV506 the text names 'Othershire Council' but report.yml says 'anytown'",
        "put the text into the right report's folder",
    ),
    case(
        "EV506",
        "authority by no known name",
        [(EQUITY, "Anytown Council", "East Anytown Council")],
        f"{EQUITY}:1: EV506 the text names 'East Anytown Council' but report.yml says 'anytown'",
        "put the text into the right report's folder; if this is another name of the same authority, add it to its row "
        "of data/authorities.csv, under also",
    ),
    case(
        "EV506",
        "two authorities",
        [(EQUITY, "Anytown Council", "Anytown and Othershire Council")],
        f"{EQUITY}:1: EV506 the text names 'Anytown and Othershire Council', which fits anytown and othershire",
        "keep one page of one authority, under the name that CQC's page gives it",
    ),
    case(
        "EV507",
        "part missing",
        [(EQUITY, "The local authority commitment\n", None)],
        f"{EQUITY}:1: EV507 the text has no line “The local authority commitment”",
        "copy the whole text from CQC's page; each part opens with its line",
    ),
    case(
        "EV508",
        "no passages",
        [(SAFEGUARDING, "Unpaid carers told us that they knew whom to call.\n", None)],
        f"{SAFEGUARDING}:9: EV508 no paragraph follows “Key findings for this quality statement”",
        "copy the key findings to their end from CQC's page",
    ),
    case(
        "EV508",
        "headings only",
        [(SAFEGUARDING, "Unpaid carers told us that they knew whom to call.", "Voices of the harbour quarter")],
        f"{SAFEGUARDING}:9: EV508 only headings follow “Key findings for this quality statement”",
        "copy the key findings to their end from CQC's page",
    ),
    case(
        "EV509",
        "swallowed paragraph",
        [(EQUITY, "arrangements\n", "arrangements ")],
        (f"{EQUITY}:11: EV509 “Inclusion and accessibility arrangements”, a heading, shares its line with a paragraph"),
        "break the line after the heading",
    ),
    case(
        "EV510",
        "empty heading",
        [(EQUITY, "There was a path from the pier to the day centre.\n", None)],
        (f"{EQUITY}:11: EV510 nothing stands under “Inclusion and accessibility arrangements”, taken for a heading"),
        ('copy what follows it on CQC\'s page; put "• " before the items of a list, a full stop after a sentence'),
    ),
    case(
        "EV511",
        "cut off",
        [(SAFEGUARDING, "whom to call.\n", "whom to")],
        (
            f"{SAFEGUARDING}:10: EV511 the last paragraph stops in the middle of a sentence: “…id carers told "
            "us that they knew whom to”"
        ),
        "copy the text to its end; if CQC's own page ends so, add a correction of its last words",
    ),
    case(
        "EV512",
        "heading or navigation",
        [(SAFEGUARDING, "Unpaid", "Home\nCare services\nUnpaid")],
        (
            f"{SAFEGUARDING}:11: EV512 “Care services” may be a sub-heading or, like what stands beside it, the page's "
            "own navigation"
        ),
        (
            "delete those of the lines 10 to 11 that are the page's own; a sub-heading then stands alone above its "
            "paragraph"
        ),
    ),
    case(
        "EV601",
        "correction matches nothing",
        [(ANYTOWN, "harbor team", "harber team")],
        f"{ANYTOWN}:20: EV601 no paragraph of 'equity' has the words 'harber team'",
        "copy the words exactly from the text, or remove the correction",
    ),
    case(
        "EV601",
        "correction of no text",
        [(ANYTOWN, "statement: equity", "statement: learning")],
        f"{ANYTOWN}:20: EV601 there is no learning.txt to find the words 'harbor team' in",
        "add the text, or remove the correction",
    ),
    case(
        "EV601",
        "correction of two passages",
        [(ANYTOWN, "match: harbor team", "match: th"), (ANYTOWN, "value: harbour team", "value: the")],
        f"{ANYTOWN}:20: EV601 2 paragraphs of 'equity' have the words 'th'",
        "quote more words from the text, so that only the paragraph that is meant has them",
    ),
    case(
        "EV602",
        "unknown passage",
        [(ANYTOWN, "p-d428ad00", "p-d428ad01")],
        f"{ANYTOWN}:24: EV602 no paragraph 'equity/p-d428ad01' in this report",
        "did you mean 'equity/p-d428ad00'? copy the id from the paragraph's link on the page",
    ),
    case(
        "EV602",
        "labels of no text",
        [("tests/gold/anytown-2025-01/learning.yml", None, GOLD)],
        (
            "tests/gold/anytown-2025-01/learning.yml:1: EV602 there is no text "
            "data/reports/anytown-2025-01/learning.txt, which these labels are for"
        ),
        "name the file after its report and statement, or remove it",
    ),
    case(
        "EV602",
        "labels of no passage",
        [(LABELS, "p-d428ad00", "p-d428ad01")],
        f"{LABELS}:8: EV602 no paragraph 'p-d428ad01' in anytown-2025-01/equity",
        "copy the id from the paragraph's link on the page",
    ),
    case(
        "EV603",
        "adds what is there",
        [(ANYTOWN, "p-d428ad00", "p-3ee45653")],
        f"{ANYTOWN}:25: EV603 'equity/p-3ee45653' has 'accessibility' already",
        "remove it from add",
    ),
    case(
        "EV603",
        "removes what is not there",
        [(ANYTOWN, "add: [accessibility]", "remove: [accessibility]")],
        f"{ANYTOWN}:25: EV603 'equity/p-d428ad00' does not have 'accessibility'",
        "remove it from remove",
    ),
    case(
        "EV603",
        "corrects nothing",
        [(ANYTOWN, "value: harbour team", "value: harbor team")],
        f"{ANYTOWN}:21: EV603 a correction of 'harbor team' has the same words as its value",
        "write the right words as value, or remove the correction",
    ),
)


@pytest.mark.parametrize(("edits", "expected"), CASES)
def test_problem(edits: list[Edit], expected: str) -> None:
    """The one mistake is told in these words, and nothing that only follows from it is."""
    assert problems(*edits) == expected


def test_text_that_cqc_itself_broke_off_is_accepted_when_a_correction_says_so() -> None:
    """EV511 is silent where a correction of the statement quotes the last words as published."""
    said = "corrections:\n  - {statement: safeguarding, match: knew whom to, value: knew whom to call, why: cut}\n"
    edits: list[Edit] = [(SAFEGUARDING, "whom to call.\n", "whom to"), (OTHERSHIRE, "checked:", said + "checked:")]

    assert problems(*edits) == ""

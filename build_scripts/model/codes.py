"""Every kind of problem: its stable code, a title, and what it means for a contributor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem: its stable code, a title, and what it means for a contributor."""

    code: str
    title: str
    meaning: str


CODES: tuple[Code, ...] = (
    Code(
        "EV101",
        "Not UTF-8",
        "The file has bytes that are not UTF-8 text, or was saved after a program had read it in another encoding, "
        "so some letters are lost or garbled.",
    ),
    Code("EV102", "Empty file", "The file holds no words."),
    Code(
        "EV103",
        "Unexpected file",
        "A report's folder holds report.yml and one text for each statement, nothing else.",
    ),
    Code(
        "EV104",
        "Folder name",
        "A report's folder is named after its authority and month: <authority>-<YYYY-MM>.",
    ),
    Code("EV105", "No reports", "Nothing was found to check; an empty run is not a pass."),
    Code("EV106", "Missing file", "A file that must be there is not."),
    Code(
        "EV107",
        "Too large",
        "The file, or all files together, are far larger than any honest contribution: in bytes, lines, rows, keys or "
        "values. They are not read.",
    ),
    Code(
        "EV108",
        "Unusual character",
        "A character that cannot be seen, or that looks like a space and is none, stands among facts or rules. "
        "It often comes along when something is copied from a web page.",
    ),
    Code("EV109", "Not a plain file", "Links and files that cannot be opened are not read."),
    Code("EV201", "Not YAML", "The file cannot be read as YAML."),
    Code("EV202", "Key twice", "The same key stands twice; YAML would silently keep only the last."),
    Code("EV203", "Needs quotes", "YAML reads this unquoted value as something other than the text you see."),
    Code("EV204", "Unknown key", "No such key exists, so what it says would be ignored."),
    Code("EV205", "Missing key", "A key that must be there is not."),
    Code("EV206", "Wrong type", "The value is of another kind than this key takes."),
    Code("EV207", "Value not allowed", "The value is of the right kind but not one that this key takes."),
    Code(
        "EV208",
        "YAML feature",
        "Anchors, aliases and tags are not used here: each value is written out where it stands.",
    ),
    Code("EV209", "Not CSV", "A row of a CSV file does not have the columns that the header names."),
    Code("EV301", "Unknown authority", "No authority of data/authorities.csv has this slug."),
    Code("EV302", "Unknown statement", "No quality statement of data/framework.yml has this id or name."),
    Code(
        "EV303",
        "Unknown theme or voice",
        "No theme of data/themes.yml and no voice of data/voices.yml has this id.",
    ),
    Code("EV304", "Duplicate", "The same thing stands twice, so one of the two would be counted double."),
    Code("EV305", "Folder disagrees", "The folder's name and report.yml name different authorities or months."),
    Code("EV306", "Broken rule", "A phrase of a theme or voice cannot be read."),
    Code(
        "EV307",
        "Dates in the wrong order",
        "Nothing can be taken from a page before the page was published; what CQC did to a report afterwards stands in "
        "the order in which it happened.",
    ),
    Code("EV308", "Unknown area or group", "The file has no area, or no group of themes, with this id."),
    Code(
        "EV309",
        "Does not fit together",
        "Lines of one file contradict each other: a gap between rating bands, a theme that is broader than itself, a "
        "report that is restored without having been withdrawn.",
    ),
    Code(
        "EV310",
        "Unknown framework",
        "data/framework.yml has no version of the framework with this id, or the report was published before it began.",
    ),
    Code("EV401", "Score missing", "A report has nine scores, one for each quality statement."),
    Code("EV402", "Score out of range", "CQC's scores are 1, 2, 3 and 4."),
    Code("EV403", "Scores differ", "The text and report.yml give different scores for one statement."),
    Code("EV404", "Rating differs", "The nine scores give another rating than the one written down."),
    Code("EV405", "Percentage differs", "The nine scores give another percentage than the one written down."),
    Code("EV406", "Regrade changes nothing", "A regrade names the scores that were other ones before it."),
    Code("EV501", "No score in the text", "A statement page has a line like “Score: 3”."),
    Code(
        "EV502",
        "Second page",
        "The text has a second score, or goes on below the key findings with the first lines of another page or below "
        "the copyright line, so it may hold more than one statement page.",
    ),
    Code("EV503", "Score out of range in the text", "CQC's scores are 1, 2, 3 and 4."),
    Code("EV504", "Score and explanation differ", "The line under the score explains another score."),
    Code(
        "EV505",
        "Another statement",
        "The text is that of another quality statement than its file name says, or names none.",
    ),
    Code(
        "EV506",
        "Another authority",
        "The text names another authority than report.yml, several, or one by a name that data/authorities.csv does "
        "not have. A district or town is not the county whose name it bears.",
    ),
    Code(
        "EV507",
        "Part missing",
        "The commitment or the key findings are not there, so the text may be cut off.",
    ),
    Code("EV508", "No paragraphs", "Nothing but headings follows “Key findings for this quality statement”."),
    Code("EV509", "Heading swallowed a paragraph", "A line taken for a heading is as long as a paragraph."),
    Code("EV510", "Heading with nothing under it", "A line was taken for a heading but no paragraph follows it."),
    Code("EV511", "Cut off", "The last paragraph stops in the middle of a sentence."),
    Code(
        "EV512",
        "Heading or not",
        "A short line of the key findings may be a sub-heading, or it may be something else: the page's navigation, or "
        "the beginning of a list or sentence that goes on below it.",
    ),
    Code(
        "EV601",
        "Correction does not match one paragraph",
        "The words that a correction quotes are not in the text, not any more, or in more than one of its paragraphs.",
    ),
    Code("EV602", "Unknown paragraph", "No paragraph has this id, or not any more."),
    Code(
        "EV603",
        "Correction changes nothing",
        "The words to put in are those that are there, or the paragraph already has the tag to add, or never had the "
        "tag to remove.",
    ),
    Code(
        "EV604",
        "Not retired",
        "data/redirects.csv retires a paragraph that is still in the collection; its link works by itself.",
    ),
    Code("EV605", "Redirects in a circle", "Following the rows of data/redirects.csv leads back to where it began."),
    Code(
        "EV606",
        "Published paragraph gone",
        "A paragraph that was published is not in the collection any more, and data/redirects.csv does not say where "
        "its words went: links to it would break.",
    ),
    Code(
        "EV701",
        "Source not there",
        "What evidence add was given is no file that can be opened. Problems of sources name them as they were given; "
        "a source has no lines, so they say line 1.",
    ),
    Code(
        "EV702",
        "Not a document",
        "The source is none of the kinds that can be read: web pages (also as MHTML or web archive), PDF, DOCX, ODT, "
        "RTF, mail, Markdown, plain text, or a folder or ZIP of them. What it is, is told by its content, not by its "
        "name.",
    ),
    Code("EV703", "Source too large", "The source is far larger than anything that CQC publishes."),
    Code(
        "EV704",
        "No words in the source",
        "The source is empty, locked with a password, or a scan: pictures of pages, without words.",
    ),
    Code(
        "EV705",
        "Damaged source",
        "The source is broken, or made so that reading it would exhaust the computer.",
    ),
    Code(
        "EV706",
        "Address without an answer",
        "The site did not answer, answered with an error, led to another site, or sent something else than a document.",
    ),
    Code(
        "EV707",
        "No statement page",
        "Nothing in the source is the text of a quality statement: it may be an error page, a list, or another "
        "document.",
    ),
    Code("EV708", "More than one report", "One call adds the texts of one report; these sources are of several."),
    Code("EV709", "Text twice", "Two sources, or two places of one, hold different texts of one quality statement."),
    Code(
        "EV710",
        "In the collection already",
        "The collection has another text of this quality statement. Its paragraphs have links, so it is replaced only "
        "on purpose.",
    ),
    Code(
        "EV711",
        "Given otherwise",
        "A date, an address, an authority or a score that was given is another than that of a source or of report.yml, "
        "or two sources have different dates.",
    ),
    Code(
        "EV712",
        "Fact missing",
        "No page of the report says something that is needed, and a run that nobody watches cannot ask.",
    ),
    Code(
        "EV713",
        "Only a person can judge",
        "Something about the report is unlikely or has changed, and a run that nobody watches takes nothing over then.",
    ),
    Code(
        "EV714",
        "Scores without a text",
        "The source has scores, or lines that only a statement page has, but no text that could be told by its fixed "
        "lines; or nothing but scores that the collection has already. Nothing is added.",
    ),
    Code(
        "EV801",
        "Link of a guide leads nowhere",
        "A page written by hand links to a page that the site does not have, or to a heading that the page does not "
        "have.",
    ),
)
"""Every code, in the order of the page that explains them. A code is never reused for another meaning."""

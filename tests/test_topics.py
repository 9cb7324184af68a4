"""Topics: assigned by terms in either script, with evidence, and never forced."""

from __future__ import annotations

import pytest
from samples import article

from builder.config.curation import Term, Vocabulary
from builder.linking.topics import Classifier

VOCABULARY = Vocabulary(
    topics={
        "payment": Term(label="移动支付", terms=("行動支付", "Apple Pay"), weak=("手机",), not_in=("移动支付宝典",)),
        "sandbox": Term(label="监管沙盒", terms=("沙盒监管", "试点")),
    }
)


def _topics(title: str, text: str) -> list[str]:
    return [assignment.topic for assignment in Classifier(VOCABULARY).classify(article(title=title, text=text))]


def test_a_term_in_the_title_makes_a_topic() -> None:
    """The headline alone suffices, in whichever script it is written."""
    assert _topics("移动支付新规", "正文。") == ["payment"]
    assert _topics("監管沙盒上路", "正文。") == ["sandbox"]


@pytest.mark.parametrize("text", ["导语。\n正文提到移动支付一次。", "导语。\n手机手机手机手机", "无关。"])
def test_a_passing_mention_or_weak_words_alone_make_none(text: str) -> None:
    """One mention below the lead, or supporting words without a term, do not make a topic."""
    assert _topics("标题", text) == []


def test_evidence_names_term_place_count_and_quotes_the_original_script() -> None:
    """The reader sees what spoke for a topic, as the article writes it."""
    found = Classifier(VOCABULARY).classify(article(title="標題", text="導語談行動支付，行動支付很方便。\n正文。"))
    assert [(item.term, item.place, item.count) for item in found[0].evidence] == [("行動支付", "lead", 2)]
    assert "導語談行動支付" in found[0].evidence[0].excerpt


def test_longer_phrases_that_only_look_alike_do_not_count() -> None:
    """``not_in`` keeps a word inside another phrase from counting; Latin words must stand alone."""
    assert _topics("移动支付宝典", "移动支付宝典，移动支付宝典，移动支付宝典。") == []
    assert _topics("标题", "apple payment, apple payments.\napple payment apple payment") == []
    assert _topics("标题", "用 Apple Pay 付，再用 apple pay 付。") == ["payment"]


def test_a_word_inside_a_longer_term_is_counted_once() -> None:
    """Overlapping terms of one topic share no characters."""
    found = Classifier(Vocabulary(topics={"a": Term(label="消费金融公司", terms=("消费金融", "金融"))})).classify(
        article(title="消费金融公司", text="")
    )
    assert sum(item.count for item in found[0].evidence) == 1


def test_one_mention_lists_a_section_of_a_document() -> None:
    """Sections are short, so a single term is enough; supporting words alone are not."""
    classifier = Classifier(VOCABULARY)
    found = classifier.classify_section("夯实基础设施", "推动行动支付的受理环境建设。")
    assert [(hit.topic, hit.evidence[0].excerpt) for hit in found] == [("payment", "推动行动支付的受理环境建设。")]
    assert classifier.classify_section("", "手机手机手机。") == ()

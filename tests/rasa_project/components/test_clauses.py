from rasa_project.components.clauses import clauses_of, cut_otherwise


def test_a_sentence_ends_a_clause() -> None:
    assert clauses_of("他骂我。我妈也接到了！怎么办") == ["他骂我", "我妈也接到了", "怎么办"]


def test_short_breaths_of_a_sentence_are_one_clause() -> None:
    assert clauses_of("昨天打的，骂我") == ["昨天打的,骂我"]


def test_long_breaths_of_a_sentence_are_cut() -> None:
    story = "昨天下午三点多银行的人打电话给我妈，说我欠了两万块钱，再不还就去村里找人，她不敢出门"
    parts = clauses_of(story)
    assert len(parts) >= 2
    assert all(len(part) <= 32 for part in parts)
    assert "".join(parts).replace(",", "") == story.replace("，", "")


def test_a_text_without_marks_is_one_clause() -> None:
    assert clauses_of("催收" * 50) == ["催收" * 50]
    assert clauses_of(" ，。") == []


def test_the_same_words_are_cut_in_shorter_and_in_longer_clauses() -> None:
    story = "昨天下午催收打到我单位，跟前台说我欠钱不还，领导找我谈话。我很难受"
    shorter, longer = cut_otherwise(story)
    assert len(shorter) > len(clauses_of(story)) >= len(longer)
    assert cut_otherwise("他骂我") == [["他骂我"], ["他骂我"]]

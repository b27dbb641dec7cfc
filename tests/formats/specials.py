# SPDX-License-Identifier: GPL-2.0-or-later
"""specials.py - short sources for what the sample does not have: other scripts, speaker notes, labels."""
import re

import sources

ARABIC = """# تقرير ندوة المكتبات المتنقلة

نظمت جمعية الكتاب السائر هذه الندوة في مدينة الوادي الأخضر في ربيع عام 2022، وحضرها أمناء مكتبات ومعلمون وسائقون من سبع ولايات.

## الجلسة الأولى: الطريق إلى القارئ

قالت السيدة سلمى بنت راشد الهاشمي، مديرة قسم المكتبات المتنقلة، إن الحافلة الواحدة تصل اليوم إلى أربعين قرية كل شهر، وإن عدد القراء تضاعف منذ أن صار للحافلة موعد ثابت يعرفه الناس.

وأضافت أن أصعب ما في العمل ليس الطريق ولا الحر، بل أن يعتاد الأطفال على كتاب ثم لا يجدوا الجزء الثاني منه في الزيارة التالية.

## الجلسة الثانية: من يدفع ثمن الوقود

دعا المشاركون إلى أن تدرج نفقات الوقود في ميزانية التعليم لا في ميزانية النقل، وإلى تدريب السائقين على فهرسة الكتب. واتفقوا على أن يعقد اللقاء القادم في مدينة ساحلية بعد عامين.
"""

CHINESE = """# 流动图书馆研讨会报告

青柳书会于二〇二二年春天在白沙镇举办了这次研讨会，来自七个省份的图书管理员、教师和司机参加了会议。

## 第一场：通往读者的路

流动图书馆部主任陆晚晴女士表示，每辆书车现在每个月可以到达四十个村庄。自从书车有了固定的时间表，读者的人数已经增加了一倍。

她补充说，工作中最困难的不是道路，也不是天气，而是孩子们喜欢上一本书以后，下次来访时却找不到它的下册。

## 第二场：谁来支付油费

与会者呼吁把燃料费用列入教育预算而不是交通预算，并建议培训司机为图书编目。大家一致同意，两年以后在一座海滨城市再次聚会。
"""

NOTES = {
    "Why we are short of coaches": "Pause here. Ask the hall who arrived in a coach that is older than they are, and wait for the laughter to settle before going on.",
    "The idea": "Say the sentence about the rollers slowly, and mention that the students named the first module after their canteen.",
    "What we have not solved": "Do not apologise for the leak. Everybody who has built a bathroom on wheels will nod at this point.",
}

TITLE = {"title": "One Shell, Many Nights", "subtitle": "A common carriage body for night trains",
         "author": "Prof. Dr. Jürgen Öhlschläger-Nkemelu", "date": "12 October 2023"}
CHAIR = "Chair of Railway Vehicles, Corvenna Technical University"


def deck(root):
    """The sample's slides, with speaker notes below three of them, and its title as properties."""
    with open(f"{root}/corpus/sample/slides.md", encoding="utf-8") as file:
        slides = re.split(r"\n---\n", file.read())[1:]
    made = []
    for slide in slides:
        title = re.search(r"## (.*)", slide)[1]
        made.append(slide.strip() + (f"\n\n::: notes\n{NOTES[title]}\n:::" if title in NOTES else ""))
    return sources.set_meta(sources.from_markdown("\n\n".join(made)), **TITLE)


def with_chair(deck_source, key):
    """The presenter's function, as another author or as the institute, as a program has it."""
    chair = {"t": "MetaInlines", "c": sources.inlines(CHAIR)}
    meta = dict(deck_source["meta"])
    meta[key] = {"t": "MetaList", "c": [meta["author"], chair]} if key == "author" else chair
    return {**deck_source, "meta": meta}


def without_notes(source):
    """For what has no place for notes."""
    return {**source, "blocks": [one for one in source["blocks"] if one["t"] != "Div" or one["c"][0][1] != ["notes"]]}


def without_vietnamese(text):
    """In the letters that pdflatex has."""
    return text.translate(str.maketrans("Đđặịỳươ", "Ddaiyuo"))


def with_labels(source):
    """Pages i, ii before the first panel, 1 and on behind."""
    blocks, made = source["blocks"], [{"t": "RawBlock", "c": ["latex", r"\pagenumbering{roman}"]}]
    for one in blocks:
        if one["t"] == "Header" and sources.plain_text([one]).startswith("Panel I:"):
            made.append({"t": "RawBlock", "c": ["latex", r"\clearpage\pagenumbering{arabic}"]})
        made.append(one)
    return {**source, "blocks": made}

use crate::{
    base::{span::DocSpan, word::TokenKind},
    rules::{Check, Findings},
    semantic::article::{EntityKind, MentionForm, QuoteKind},
    syntax::{tag::Tag, token::Shape},
};

rule! {
    /// ## What it does
    /// Flags somebody who is quoted by name and of whom the article never says who that is.
    ///
    /// ## Why
    /// A name alone tells the reader nothing about what the words are worth.
    /// An office, a trade, a kinship, an age or a place will do, anywhere in the article; those whom the knowledge base
    /// knows are known.
    ///
    /// ## Example
    /// ```news
    /// “Nobody asked the people of the harbour,” Jan Nowak said on Monday.
    /// //                                        ^^^^^^^^^ first-reference-role
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// “Nobody asked the people of the harbour,” said Jan Nowak, 54.
    ///
    /// “It was our pier,” said Ida Brandt of Kiel.
    /// ```
    "first-reference-role", "somebody is quoted, and the reader is not told who that is", None, check
}

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    for (index, entity) in cx.article.entities.iter().enumerate() {
        let told = entity.kb.is_some() || entity.role.is_some() || entity.kind != EntityKind::Person;
        let quoted = entity.quotes.iter().filter_map(|q| cx.article.quotes.get(*q));
        // What is known by its capitals alone may be a paper, a program or a label.
        if told || !cx.is_surely_person(entity) || !quoted.clone().any(|q| q.kind != QuoteKind::Indirect) {
            continue;
        }
        let mentions = || entity.mentions.iter().filter_map(|m| cx.article.mentions.get(*m));
        let Some(first) = mentions().find(|m| m.form == MentionForm::Name && cx.in_body(m.span.start)) else {
            continue;
        };
        let described =
            mentions().any(|m| m.form == MentionForm::Description && !within_a_quote_of(cx, index, m.span));
        if !described && !mentions().any(|m| is_placed(cx, m.span)) {
            acc.push(first.span, format!("tell the reader who {} is", entity.name));
        }
    }
}

fn within_a_quote_of(cx: &Check<'_>, entity: usize, span: DocSpan) -> bool {
    let quotes = cx.article.entities.get(entity).map_or(&[][..], |e| &e.quotes);
    let mut marked = quotes
        .iter()
        .filter_map(|q| cx.article.quotes.get(*q))
        .flat_map(|q| &q.marked);
    marked.any(|m| m.covers(span))
}

/// Whether an age, a place or an apposition stands behind the name, or a title, trade or owner before it.
fn is_placed(cx: &Check<'_>, span: DocSpan) -> bool {
    let Some((block, local)) = cx.block_at(span.start) else {
        return false;
    };
    let tokens = &local.tokens;
    let range = tokens.inside(block.within(span));
    let behind = |n: usize| {
        let i = range.end + n;
        if i < tokens.len() { tokens.fold(i) } else { "" }
    };
    let titled = cx.is_titled(span, true);
    let apposed = behind(0) == ","
        && tokens.list.get(range.end + 1).is_some_and(|t| {
            matches!(t.shape, Shape::Lower | Shape::Number) && !matches!(t.tag, Tag::VerbPast | Tag::VerbPres)
        });
    let first = local
        .sentences
        .get(local.sentence_of(range.start))
        .map_or(0, |s| s.start);
    let owned = range
        .start
        .checked_sub(1)
        .filter(|i| *i >= first)
        .is_some_and(|i| {
            matches!(tokens.list[i].tag, Tag::Noun | Tag::NounPl | Tag::Propn)
                || tokens.list[i].kind == TokenKind::Possessive
                || matches!(tokens.fold(i), "'s" | "’s" | ")" | "]")
        });
    // "Lena Hartmann — who has run the port for two years —", "teachers such as Lena Hartmann and Ida Brandt".
    let dashed = matches!(behind(0), "—" | "–" | "-") && matches!(behind(1), "who" | "a" | "an" | "the");
    let listed = || {
        let mut before = (first..range.start).rev();
        let ends = |i: usize| {
            let name = matches!(
                tokens.list[i].shape,
                Shape::Capital | Shape::AllCaps | Shape::Initial
            );
            !name && !matches!(tokens.fold(i), "," | "and" | "or")
        };
        let end = before.find(|i| ends(*i));
        end.is_some_and(|i| match tokens.fold(i) {
            "including" => true,
            "as" => i > first && tokens.fold(i - 1) == "such",
            _ => false,
        })
    };
    titled || apposed || owned || dashed || listed() || matches!(behind(0), "of" | "from" | "(")
}

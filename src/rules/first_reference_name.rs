use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    base::{fold::fold, span::DocSpan, word::TokenKind},
    kb::{Gender, Kind, NameHit},
    rules::{Check, Findings, Fix, Severity},
    semantic::{
        article::{EntityKind, MentionForm},
        lexicon,
        local::Local,
    },
    syntax::{
        block::Block,
        tag::{Tag, is_common_word},
        token::Shape,
    },
};

rule! {
    /// ## What it does
    /// Flags a surname in the body that stands before the full name.
    ///
    /// ## Why
    /// The reader meets a person by the full name first; it is often a paragraph that was moved.
    /// Headlines, crossheads and captions may run ahead, quotations were said so, and a person whose full name the
    /// article never gives is taken to be known.
    /// A word that may be something else there (a family, a place after “in”, part of a longer name) is left alone.
    ///
    /// ## Example
    /// ```news
    /// A long headline about the talks
    ///
    /// Hartmann left the talks on Monday.
    /// //^^^^^^ first-reference-name
    ///
    /// Snow fell as Lena Hartmann, the foreign minister, drove away.
    /// ```
    ///
    /// Not flagged:
    /// ```news
    /// Hartmann leaves the talks
    ///
    /// Lena Hartmann, the foreign minister, left the talks on Monday.
    ///
    /// Snow fell as Hartmann drove away.
    ///
    /// The Brandt family owned the harbour. Mayor Ida Brandt sold it.
    /// ```
    "first-reference-name", "a surname stands before the full name", Some(Severity::Hint), check
}

/// How many paragraphs may stand above the first of the text, and how many bytes the later ones of them have at most;
/// that first one is far longer.
const HEAD: usize = 3;
const STANDFIRST: usize = 100;

fn check(cx: &Check<'_>, acc: &mut Findings<'_>) {
    let full = |form| matches!(form, MentionForm::Name | MentionForm::Alias);
    let mut introduced = FxHashMap::default();
    let mut early = Vec::new();
    let mut seen = FxHashSet::default();
    // Surnames that the reader has met behind a given name, whosever: “Wolfgang Van Halen”.
    let mut borne: FxHashSet<String> = FxHashSet::default();
    // Those among them that nobody has asked for yet: few articles are asked at all.
    let mut unasked: Vec<&str> = Vec::new();
    // The first paragraph may be a headline that does not look like one, and short ones below it what stands under a
    // headline.
    let blocks = &cx.article.layout.blocks;
    let is_short = |i: usize, b: &Block| {
        let next = blocks.get(i + 1);
        let longer = next.is_some_and(|next| next.span.len() >= (2 * b.span.len()).max(STANDFIRST));
        // Or it stands right under the headline, and the text begins behind an empty line.
        let apart = |above: &Block, below: &Block| {
            let gap = cx.text(DocSpan {
                start: above.span.end,
                end: below.span.start,
            });
            ["\n\n", "\r\n\r\n", "\r\r"]
                .iter()
                .any(|empty| gap.contains(empty))
        };
        let glued = || {
            let above = i.checked_sub(1).and_then(|above| blocks.get(above));
            above.is_some_and(|above| !apart(above, b)) && next.is_some_and(|next| apart(b, next))
        };
        b.span.len() <= STANDFIRST && (longer || glued())
    };
    let above = |(i, b): &(usize, &Block)| *i == 0 || is_short(*i, b);
    let head = blocks.iter().take(HEAD).enumerate().take_while(above).last();
    let first_end = head.map_or(0, |(_, b)| b.span.end);
    for mention in &cx.article.mentions {
        let person = cx
            .article
            .entities
            .get(mention.entity)
            .is_some_and(|e| e.kind == EntityKind::Person);
        if !person || !cx.in_body(mention.span.start) {
            continue;
        }
        if full(mention.form)
            && let Some((_, surname)) = cx.text(mention.span).split_once(char::is_whitespace)
        {
            unasked.push(surname);
        }
        // A name of one word is all there is to some people.
        if full(mention.form) && cx.text(mention.span).contains(char::is_whitespace) {
            introduced.entry(mention.entity).or_insert(mention.span);
        } else if mention.form == MentionForm::Surname
            && !introduced.contains_key(&mention.entity)
            && !cx.in_quote(mention.span)
            && !{
                borne.extend(unasked.drain(..).map(fold));
                borne.contains(&fold(cx.text(mention.span)))
            }
            && mention.span.start >= first_end
            && !may_be_something_else(cx, mention.span)
            && seen.insert(mention.entity)
            && !is_known_by_office(cx, mention.entity, mention.span)
        {
            early.push((mention.entity, mention.span));
        }
    }
    for (entity, span) in early {
        if let Some(&later) = introduced.get(&entity)
            && is_a_person(cx, entity, later, span)
        {
            let d = acc.push(
                span,
                format!(
                    "“{}” stands here before the reader has met the full name",
                    cx.text(span)
                ),
            );
            d.related.push((later, "the full name".to_owned()));
            let full = cx.text(later);
            d.offer = (!full.contains(['\n', '\r'])).then(|| Fix {
                title: format!("Write “{full}”"),
                edits: vec![(span, full.to_owned())],
            });
        }
    }
}

/// Whether anything but capitals says that an entity is a person, and the full name ends with the word in question.
fn is_a_person(cx: &Check<'_>, entity: usize, full: DocSpan, surname: DocSpan) -> bool {
    let known = cx
        .article
        .entities
        .get(entity)
        .is_some_and(|e| e.kb.is_some() || e.role.is_some() || e.gender != Gender::Unknown);
    known && cx.text(full).ends_with(cx.text(surname))
}

/// "President Macron" needs no first name, nor does he further down.
fn is_known_by_office(cx: &Check<'_>, entity: usize, span: DocSpan) -> bool {
    let known = cx.article.entities.get(entity).is_some_and(|e| e.kb.is_some());
    known && cx.is_titled(span, true)
}

/// Whether the word stands where it may be a family, a place, or part of a longer name.
fn may_be_something_else(cx: &Check<'_>, span: DocSpan) -> bool {
    let Some((block, local)) = cx.block_at(span.start) else {
        return true;
    };
    let range = local.tokens.inside(block.within(span));
    let titled = || cx.is_titled(span, true);
    // "Bloomberg" and "Ford" are firms, too.
    let firm = |hit: NameHit<'_>| !hit.derived && cx.kb.kind(hit.entity) == Kind::Institution;
    if !titled() && cx.kb.lookup(cx.text(span)).any(firm) {
        return true;
    }
    let before = range.start.checked_sub(1);
    before.is_some_and(|before| leads_elsewhere(local, before, &titled)) || goes_on(local, &range)
}

/// Whether token `i` has a capital that is not from the beginning of its sentence, and stands in that of token `beside`.
fn is_named(local: &Local, i: usize, beside: usize) -> bool {
    let sentence = local.sentence_of(i);
    let first = local.sentences.get(sentence).is_some_and(|s| s.start == i);
    let shape = local.tokens.list.get(i).map(|t| t.shape);
    matches!(shape, Some(Shape::Capital | Shape::AllCaps)) && sentence == local.sentence_of(beside) && !first
}

/// Whether the word before the surname, token `i`, makes something else of it than a person.
fn leads_elsewhere(local: &Local, i: usize, titled: &dyn Fn() -> bool) -> bool {
    let tokens = &local.tokens;
    let (word, token) = (tokens.fold(i), &tokens.list[i]);
    // "Team Trump".
    if word == "team" && token.shape == Shape::Capital || is_one_of_several(local, i) {
        return true;
    }
    let quoted = token.kind == TokenKind::Punct && !matches!(word, "," | "." | ":" | ";");
    let apart = matches!(word, "a" | "an" | "the" | "in" | "at" | "near");
    // "the Channel’s Hannity", "the full Grassley".
    let owned = token.kind == TokenKind::Possessive;
    let small = token.shape == Shape::Lower;
    let described = small && token.tag == Tag::Adj && i > 0 && tokens.fold(i - 1) == "the";
    if quoted || apart || owned || described {
        return true;
    }
    // "Selenis Leyva" at the start of a sentence, if she was not taken for one name.
    let given = lexicon::english().given(word).is_some() || !is_common_word(word);
    let given = token.shape == Shape::Capital && given;
    // "the rock band Van Halen".
    let noun = small && matches!(token.tag, Tag::Noun | Tag::NounPl);
    (given || noun || is_named(local, i, i + 1)) && !titled()
}

/// Whether the surname behind token `i` shares a title with the name before it: "Presidents Reagan and Clinton", "Mr. and
/// Mrs. Trump".
fn is_one_of_several(local: &Local, i: usize) -> bool {
    let tokens = &local.tokens;
    let fold = |at: Option<usize>| at.map_or("", |at| tokens.fold(at));
    let lex = lexicon::english();
    let is_title = |word: &str| {
        matches!(
            word.trim_end_matches('.'),
            "mr" | "mrs" | "ms" | "dr" | "sir" | "lady" | "lord"
        )
    };
    // A stop behind the title may be a token of its own.
    let mut words = (0..=i).rev().filter(|&at| tokens.fold(at) != ".");
    let (first, second, third) = (words.next(), words.next(), words.next());
    let joined = |word: &str| matches!(word, "and" | "&" | "or");
    if is_title(fold(first)) {
        return joined(fold(second)) && is_title(fold(third));
    }
    let capital = |at: usize| tokens.list.get(at).is_some_and(|t| t.shape == Shape::Capital);
    let named = |at: usize| capital(at) || matches!(tokens.fold(at), "and" | "," | "&");
    let start = local.sentences.get(local.sentence_of(i)).map_or(0, |s| s.start);
    let mut run = (start..=i).rev().take(8).take_while(|&at| named(at));
    let titles = |at: usize| capital(at) && lex.is_plural_role(tokens.fold(at));
    // The first of them stands right behind the title.
    titles(i) || joined(fold(first)) && run.any(titles)
}

/// Whether what stands behind the surname, tokens `range`, makes something else of it than a person.
fn goes_on(local: &Local, range: &Range<usize>) -> bool {
    let tokens = &local.tokens;
    let mut behind = range.end..tokens.len();
    match behind.next().map(|i| tokens.fold(i)) {
        Some("family" | "families" | "brothers" | "sisters" | "dynasty" | "clan") => true,
        // "Conway's Game of Life", "Allen, Texas".
        Some("'s" | "’s" | ",") => behind.next().is_some_and(|i| is_named(local, i, range.start)),
        // "Rubio: finish second": a label.
        Some(":") if range.start == 0 => true,
        // "Nowak reported from Kiel": a credit under the text.
        Some("reported" | "contributed") if range.start == 0 => {
            matches!(
                behind.next().map(|i| tokens.fold(i)),
                Some("from" | "to" | "reporting")
            )
        }
        // "Theodorus of Tabennese".
        Some("of")
            if behind
                .clone()
                .next()
                .is_some_and(|i| is_named(local, i, range.start)) =>
        {
            true
        }
        // "Paulson Partners".
        _ if is_named(local, range.end, range.start) => true,
        // "Trump supporters", "the Obama administration": the name only says which.
        _ => tokens
            .list
            .get(range.end)
            .is_some_and(|t| matches!(t.tag, Tag::Noun | Tag::NounPl) && t.shape == Shape::Lower),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_rule;

    #[track_caller]
    fn silent(fixture: &str) {
        check_rule(&super::RULE, fixture);
    }

    const LEAD: &str = "A long headline about the talks in the harbour\n\nThe talks ended after midnight, and snow \
        fell on the square while the delegations drove away.\n\n";

    #[test]
    fn a_line_right_under_the_headline_runs_ahead() {
        silent(
            "Harbour talks fail\nHartmann leaves the room early.\n\nABSTRACT.\n\nLena Hartmann, the foreign minister, \
             left the talks on Monday.\n",
        );
        check_rule(
            &super::RULE,
            &format!(
                "{LEAD}Hartmann left the room early.\n//^^^^^^ first-reference-name\n\nLena Hartmann, the foreign \
                 minister, left the talks on Monday.\n"
            ),
        );
    }

    #[test]
    fn parts_of_other_names_are_no_people() {
        let full = "\n\nLater Lena Hartmann, the foreign minister, left.\n";
        for text in [
            "Selenis Hartmann came to the talks, too.",
            "Hartmann Partners, a fund, sold its stake.",
            "Hartmann: wait for spring.",
            "They call it the full Hartmann.",
            "She was a guest on the channel’s Hartmann.",
        ] {
            silent(&format!("{LEAD}{text}{full}"));
        }
    }

    #[test]
    fn two_may_share_a_title() {
        let full = "\n\nLater Lena Hartmann, the foreign minister, left.\n";
        for text in [
            "It was so under Presidents Nowak and Hartmann, too.",
            "They asked Mr. and Mrs. Hartmann to leave.",
            "It was so under Presidents Hartmann and Nowak, too.",
            "Team Hartmann was tired.",
            "Hartmann reported from Strelsau. Jan Nowak contributed from Kiel.",
        ] {
            silent(&format!("{LEAD}{text}{full}"));
        }
        check_rule(
            &super::RULE,
            &format!(
                "{LEAD}They asked Nowak and Hartmann to leave.\n//                   ^^^^^^^^ first-reference-name{full}"
            ),
        );
    }

    #[test]
    fn an_office_introduces_whoever_is_known() {
        silent(&format!(
            "{LEAD}President Macron spoke first. Then Macron left.\n\nEmmanuel Macron was in no hurry.\n"
        ));
    }
}

//! Words that the tagger, which is trained on running text, takes for something else where news writes its own way.
//!
//! Headlines leave articles out, so that a verb in the present looks like a plural ("ministry cites ‘…’"). And a surname may be
//! spelled like an interjection or an auxiliary ("“…,” Oh said").

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    semantic::{
        cue::{self, Classes, Form},
        gaps, lexicon,
        wordsets::WordSet,
    },
    syntax::{
        block::Zone,
        tag::{Tag, is_common_word},
        token::{Shape, Tokens},
    },
};

/// Corrects the tags of one sentence. Of what is read here no notes are kept: it is all read again with the block.
pub(super) fn retag(tokens: &mut Tokens, range: Range<usize>, zone: Zone) {
    if matches!(zone, Zone::Headline | Zone::Crosshead) {
        headline(tokens, range.clone());
    }
    if !range.is_empty() && is_first_name(tokens, &range) {
        tokens.list[range.start].tag = Tag::Propn;
    }
    gaps::retag(tokens, &range);
    for i in range.clone() {
        if is_parenthetic(tokens, &range, i) || is_joined(tokens, &range, i) {
            tokens.list[i].tag = Tag::VerbPres;
        }
        let prose = zone != Zone::Headline && zone != Zone::Crosshead;
        if is_past(tokens, &range, i)
            || is_said(tokens, &range, i)
            || is_behind_says(tokens, &range, i)
            || prose && (is_only_verb(tokens, &range, i) || is_unchanged_past(tokens, &range, i))
        {
            tokens.list[i].tag = Tag::VerbPast;
        }
        if is_say(tokens, &range, i) {
            tokens.list[i].tag = Tag::VerbPres;
        }
        // "“…,” an official said on Monday"
        if i > range.start + 1 && tokens.list.unnoted()[i - 1].tag == Tag::Adj && tokens.fold(i) == "said" {
            let somebody = lexicon::english().role_at(tokens, i - 1).is_some();
            let counted = matches!(tokens.list.unnoted()[i - 2].tag, Tag::Det | Tag::Num | Tag::Adj);
            if somebody && counted {
                tokens.list[i - 1].tag = Tag::Noun;
                tokens.list[i].tag = Tag::VerbPast;
            }
        }
        if is_surname(tokens, &range, i) {
            tokens.list[i].tag = Tag::Propn;
        }
        // "Geng, who voted for it, nonetheless regretted the cost": no thing that regrets.
        if i + 1 < range.end
            && tokens.list.unnoted()[i].tag != Tag::Adv
            && tokens.list.unnoted()[i].shape == Shape::Lower
            && cue::classes(tokens.fold(i)).has(Classes::LINKING)
            && cue::verb(tokens.fold(i + 1)).is_some_and(|verb| verb.form == Form::Past)
        {
            tokens.list[i].tag = Tag::Adv;
        }
        match tokens.fold(i) {
            // "AT&T said": a name by letters, though the first two are a preposition.
            "&" if i > range.start && i + 1 < range.end && is_glued_letters(tokens, i) => {
                tokens.list[i - 1].tag = Tag::Propn;
                tokens.list[i + 1].tag = Tag::Propn;
            }
            // "The laws that appeals courts said were void": the name of a court, not what somebody does.
            "appeals" if matches!(tokens.fold(i + 1), "court" | "courts" | "panel") => {
                tokens.list[i].tag = Tag::Noun;
            }
            _ => {}
        }
    }
}

/// Whether capitals stand close on both sides of the "&" at token `i`, between the ends of its sentence.
fn is_glued_letters(tokens: &Tokens, i: usize) -> bool {
    let [before, and, behind] = [i - 1, i, i + 1].map(|t| tokens.list.unnoted()[t]);
    let letters = |shape| matches!(shape, Shape::AllCaps | Shape::Initial);
    before.span.end == and.span.start
        && and.span.end == behind.span.start
        && letters(before.shape)
        && letters(behind.shape)
}

/// Verbs of saying in the present of a headline.
fn headline(tokens: &mut Tokens, range: Range<usize>) {
    for i in range.clone() {
        let tag = tokens.list.unnoted()[i].tag;
        let Some(verb) = cue::verb(tokens.fold(i)) else {
            continue;
        };
        let reports = verb.classes.has(
            Classes::SPEECH
                .and(Classes::CALL)
                .and(Classes::NOUN_CONTENT)
                .and(Classes::DATA),
        );
        let present = verb.form == Form::Present && matches!(tag, Tag::Noun | Tag::NounPl);
        // "…, say scientists": a present without a subject before it.
        let inverted = verb.form == Form::Base
            && tag == Tag::VerbBase
            && verb.classes.has(Classes::SPEECH)
            && i > range.start
            && matches!(tokens.fold(i - 1), "," | "’" | "'" | "”" | "\"")
            && i + 1 < range.end
            && tokens.list.unnoted()[i + 1].tag.is_noun();
        if inverted
            || present && reports && is_predicate(tokens, &range, i)
            || reports && is_closing(tokens, &range, i, verb.form)
        {
            tokens.list[i].tag = Tag::VerbPres;
        }
    }
}

/// "Reefs Are Dying, Study Finds", "…, Scientists Warn": a verb that ends a headline, behind a comma and its subject.
fn is_closing(tokens: &Tokens, range: &Range<usize>, i: usize, form: Form) -> bool {
    let ends = i + 1 == range.end || i + 2 == range.end && tokens.fold(i + 1) == ".";
    let Some(before) = i.checked_sub(1).filter(|b| *b > range.start && ends) else {
        return false;
    };
    let subject =
        tokens.list.unnoted()[before].tag.is_noun() || tokens.list.unnoted()[before].tag == Tag::Propn;
    let several = tokens.fold(before).ends_with('s') || tokens.fold(before) == "police";
    let comma = (before.saturating_sub(3).max(range.start)..before).any(|k| tokens.fold(k) == ",");
    subject && comma && (form == Form::Present || form == Form::Base && several)
}

/// Whether a word that may be a plural or a verb has a subject before it and something behind it that a verb can have.
fn is_predicate(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    let tag = |i: usize| tokens.list.unnoted()[i].tag;
    let people = Classes::ANIMATE.and(Classes::BODY);
    let subject = i > range.start
        && (cue::classes(tokens.fold(i - 1)).has(people)
            || tag(i - 1).is_noun()
            || tag(i - 1) == Tag::Propn
            || tag(i - 1) == Tag::Adv && i > range.start + 1);
    // "…, says mayor"
    let inverted = i > range.start
        && tokens.fold(i - 1) == ","
        && i + 1 < range.end
        && (tag(i + 1).is_noun() || tag(i + 1) == Tag::Propn);
    let ends = i + 1 == range.end || matches!(tokens.fold(i + 1), "." | "," | ";" | ":");
    let object = !ends && {
        let next = tokens.fold(i + 1);
        // "union warns of ‘…’"
        let spoken_of = i + 2 < range.end
            && is_mark(tokens.fold(i + 2))
            && matches!(next, "of" | "about" | "against" | "over" | "at" | "for");
        // "Forecaster warns of snow": no noun is written so.
        let warns = next == "of" && tokens.fold(i) == "warns";
        let opens =
            is_mark(next) || spoken_of || warns || matches!(next, "to" | "that" | "no" | "it" | "there");
        opens
            || matches!(
                tag(i + 1),
                Tag::Det | Tag::Propn | Tag::Noun | Tag::NounPl | Tag::Pron | Tag::Adj | Tag::Num
            )
    };
    // "Abuse claims rise", "police reports show": the plural is the subject of the verb behind it.
    let quoted = !ends && is_mark(tokens.fold(i + 1));
    let other = (i + 1..range.end.min(i + 3)).any(|k| tag(k).is_finite()) && !quoted;
    // "Stay in, forecaster warns"
    let last = ends && (range.start..i).any(|k| tokens.fold(k) == ",");
    inverted || subject && (object && !other || last)
}

fn is_mark(word: &str) -> bool {
    matches!(word, "‘" | "'" | "“" | "\"" | "«")
}

/// "slogans that the county considers “indecent”": a verb of judging right before the marks.
fn is_calling(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    let judges =
        || cue::verb(tokens.fold(i)).is_some_and(|v| v.form == Form::Present && v.classes.has(Classes::CALL));
    tokens.list.unnoted()[i].tag == Tag::NounPl
        && i > range.start
        && i + 1 < range.end
        && is_mark(tokens.fold(i + 1))
        && matches!(tokens.list.unnoted()[i - 1].tag, Tag::Noun | Tag::Propn)
        && judges()
}

/// Whether a plural is the present of a verb of saying between two commas: "…, her mother concedes, …".
fn is_parenthetic(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    const REACH: usize = 6;
    if is_calling(tokens, range, i) {
        return true;
    }
    if tokens.list.unnoted()[i].tag != Tag::NounPl
        || i + 1 >= range.end
        || !matches!(tokens.fold(i + 1), "," | "." | ":")
    {
        return false;
    }
    let Some(verb) =
        cue::verb(tokens.fold(i)).filter(|v| v.form == Form::Present && v.classes.has(Classes::THAT))
    else {
        return false;
    };
    let mut before = (i.saturating_sub(REACH).max(range.start)..i).rev();
    let phrase = before.by_ref().take_while(|k| {
        let t = tokens.list.unnoted()[*k].tag;
        let whose = t == Tag::Adp && matches!(tokens.fold(*k), "by" | "of" | "from" | "for");
        t.is_noun() || matches!(t, Tag::Propn | Tag::Det | Tag::Adj | Tag::Pron) || whose
    });
    let words: Vec<usize> = phrase.collect();
    // "A new poll by the institute": the head stands before the first "by".
    let last = |k: &&usize| tokens.list.unnoted()[**k].tag == Tag::Adp;
    let head = match words.iter().rev().find(last) {
        Some(by) => by.checked_sub(1),
        None => words.first().copied(),
    };
    let tag = head.map(|k| tokens.list.unnoted()[k].tag);
    let classes = head.map_or(Classes::NONE, |k| cue::classes(tokens.fold(k)));
    let people = Classes::ANIMATE.and(Classes::BODY).and(Classes::DOCUMENT);
    let speaks = verb.classes.has(Classes::SPEECH) && !verb.classes.has(Classes::WEAK);
    let somebody = speaks && (tag == Some(Tag::Propn) || tag == Some(Tag::Noun) && classes.has(people));
    // "…, a poll finds": what documents do is no speech.
    let document = tag == Some(Tag::Noun) && classes.has(Classes::DOCUMENT);
    let opens = words.last().and_then(|k| k.checked_sub(1));
    (somebody || document)
        && opens.is_some_and(|k| k >= range.start && matches!(tokens.fold(k), "," | "”" | "\"" | "’" | "'"))
}

/// Whether what looks like a plural is the second of two verbs: "says that it is safe and insists that nobody was hurt".
fn is_joined(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    if tokens.list.unnoted()[i].tag != Tag::NounPl || i + 2 >= range.end || tokens.fold(i + 1) != "that" {
        return false;
    }
    let present = |k: usize| {
        cue::verb(tokens.fold(k)).filter(|v| v.form == Form::Present && v.classes.has(Classes::THAT))
    };
    let Some(and) = (range.start..i)
        .rev()
        .find(|&k| tokens.list.unnoted()[k].tag != Tag::Adv)
    else {
        return false;
    };
    // "Hopes and fears that", "cities and states that": two nouns.
    let nouns = Classes::CUE_NOUN_ACT
        .and(Classes::CUE_NOUN_DOCUMENT)
        .and(Classes::CUE_NOUN_VIEW)
        .and(Classes::DOCUMENT);
    let joins = matches!(tokens.fold(and), "and" | "but" | "or")
        && and > range.start
        && !tokens.list.unnoted()[and - 1].tag.is_noun()
        && !cue::classes(tokens.fold(i)).has(nouns);
    joins
        && present(i).is_some()
        && (range.start..and).any(|k| tokens.list.unnoted()[k].tag == Tag::VerbPres && present(k).is_some())
}

/// Whether the first word of a sentence, which no list of English words knows, is a name that the tagger took for an
/// imperative: "Politifact then ruled".
fn is_first_name(tokens: &Tokens, range: &Range<usize>) -> bool {
    let first = &tokens.list.unnoted()[range.start];
    matches!(first.tag, Tag::VerbBase | Tag::VerbIng)
        && first.shape == Shape::Capital
        && !is_common_word(tokens.fold(range.start))
        && (range.start + 1..range.end.min(range.start + 3)).any(|k| {
            matches!(
                tokens.list.unnoted()[k].tag,
                Tag::VerbPast | Tag::VerbPres | Tag::Aux
            ) || cue::verb(tokens.fold(k)).is_some_and(|v| v.form == Form::Past)
        })
}

/// "Nearly three in five said they would": "said" before a clause, where no auxiliary makes a participle of it.
fn is_said(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    if tokens.list.unnoted()[i].tag != Tag::VerbPart || tokens.fold(i) != "said" || i + 2 >= range.end {
        return false;
    }
    let before = (range.start..i)
        .rev()
        .find(|k| tokens.list.unnoted()[*k].tag != Tag::Adv);
    let subject = before.is_some_and(|k| {
        let tag = tokens.list.unnoted()[k].tag;
        tag.is_noun() || matches!(tag, Tag::Propn | Tag::Num | Tag::Sym) || tokens.fold(k) == "who"
    });
    let behind = tokens.list.unnoted()[i + 1].tag;
    subject && (matches!(behind, Tag::Det | Tag::Pron | Tag::Propn) || tokens.fold(i + 1) == "that")
}

/// Whether a participle is the past of a verb of saying: "The court then ruled that".
fn is_past(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    const REACH: usize = 3;
    let tag = tokens.list.unnoted()[i].tag;
    if !matches!(tag, Tag::VerbPart | Tag::Adj) || i + 1 >= range.end || i <= range.start {
        return false;
    }
    let class =
        |c: Classes| cue::verb(tokens.fold(i)).is_some_and(|v| v.form == Form::Past && v.classes.has(c));
    let says = if tag == Tag::VerbPart {
        tokens.fold(i + 1) == "that" && class(Classes::SPEECH) && class(Classes::THAT)
    } else {
        // "The board rated 32 % of them as “leaky”"
        class(Classes::CALL)
            && matches!(
                tokens.list.unnoted()[i + 1].tag,
                Tag::Det | Tag::Num | Tag::Pron | Tag::Propn
            )
    };
    if !says {
        return false;
    }
    let auxiliary = (i.saturating_sub(REACH).max(range.start)..i).any(|k| {
        let have = Classes::BE.and(Classes::HAVE).and(Classes::MODAL);
        tokens.list.unnoted()[k].tag == Tag::Aux || cue::classes(tokens.fold(k)).has(have)
    });
    let subject = (range.start..i)
        .rev()
        .find(|k| tokens.list.unnoted()[*k].tag != Tag::Adv);
    !auxiliary
        && subject.is_some_and(|k| {
            let t = tokens.list.unnoted()[k].tag;
            t.is_noun() || t == Tag::Propn || k == range.start
        })
}

/// "The attack wounded at least 40 people, the mayor said": whether a participle is the only verb of what somebody says
/// it is told of, so that it must be a past.
fn is_only_verb(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    /// How many tokens the one who says it may take.
    const SPEAKER: usize = 10;
    // A subject of one phrase, and nothing that could make the participle its attribute or end a clause before it.
    let tag = |k: usize| tokens.list.unnoted()[k].tag;
    let subject = (range.start..i).rev().find(|k| tag(*k) != Tag::Adv);
    if !subject.is_some_and(|k| tag(k).is_noun() || tag(k) == Tag::Propn) {
        return false;
    }
    let word = tokens.fold(i);
    let participle = tag(i) == Tag::VerbPart && word.ends_with(['d', 't']);
    // "Two boxes from a shop lay on the steps, he said": no participle, and nouns and adjectives that are rare.
    let past = || !tag(i).is_finite() && lexicon::english().is(WordSet::StrongPast, word);
    if !participle && !past() {
        return false;
    }
    let is_tense = |k: usize| tag(k).is_finite() || tag(k) == Tag::Aux;
    let is_plain =
        |k: usize| !is_tense(k) && !is_mark(tokens.fold(k)) && !matches!(tokens.fold(k), ";" | ":");
    let simple = |k: usize| {
        is_plain(k)
            && !matches!(
                tokens.list.unnoted()[k].tag,
                Tag::VerbPart | Tag::VerbBase | Tag::VerbIng | Tag::Sconj
            )
            && !cue::classes(tokens.fold(k)).has(Classes::RELATIVE)
    };
    if !(range.start..i).all(simple) {
        return false;
    }
    let Some(comma) = (i + 1..range.end).find(|k| tokens.fold(*k) == "," || !is_plain(*k)) else {
        return false;
    };
    if tokens.fold(comma) != "," {
        return false;
    }
    let says = (comma + 1..range.end.min(comma + SPEAKER))
        .find(|k| is_tense(*k) || matches!(tokens.fold(*k), "," | "."))
        .filter(|k| *k > comma + 1)
        .filter(|k| {
            cue::verb(tokens.fold(*k)).is_some_and(|v| {
                v.form != Form::Ing && v.classes.has(Classes::SPEECH) && v.classes.has(Classes::THAT)
            })
        });
    // "The barn built at the weir, he said, was old": the verb stands behind.
    let Some(says) = says else { return false };
    let end = (says + 1..range.end).find(|k| matches!(tokens.fold(*k), "," | "."));
    let over = end.is_none_or(|k| tokens.fold(k) == "." || !(k + 1..range.end.min(k + 3)).any(is_tense));
    over && (says + 1..end.unwrap_or(range.end)).all(is_plain)
}

/// "The stock is cheap, say analysts": no call for attention, where many who say it close the sentence.
fn is_say(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    let tense =
        |k: usize| tokens.list.unnoted()[k].tag.is_finite() || tokens.list.unnoted()[k].tag == Tag::Aux;
    let noun = |k: &usize| !matches!(tokens.list.unnoted()[*k].tag, Tag::Adj | Tag::Num | Tag::Noun);
    matches!(tokens.list.unnoted()[i].tag, Tag::Intj | Tag::VerbBase)
        && i > range.start + 1
        && tokens.fold(i) == "say"
        && tokens.fold(i - 1) == ","
        && (i + 1..range.end)
            .find(noun)
            .is_some_and(|k| tokens.list.unnoted()[k].tag == Tag::NounPl)
        && (range.start..i).any(tense)
        && !(i + 1..range.end).any(|k| tense(k) || tokens.fold(k) == ",")
}

/// "Hale, prosecutors say, stole the car": a past without an ending behind whoever says so between commas.
fn is_behind_says(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    const REACH: usize = 8;
    if tokens.list.unnoted()[i].tag.is_finite()
        || i < range.start + 5
        || tokens.fold(i - 1) != ","
        || !lexicon::english().is(WordSet::StrongPast, tokens.fold(i))
    {
        return false;
    }
    let says = gaps::is_attribution(tokens, i - 2);
    let open = (i.saturating_sub(REACH).max(range.start + 1)..i - 2)
        .rev()
        .find(|k| tokens.fold(*k) == ",");
    says && open.is_some_and(|open| !(range.start..open).any(|k| tokens.list.unnoted()[k].tag.is_finite()))
}

/// "The mayor put the toll at 43": a past that is spelled like the infinitive, behind a subject of one and before an object.
fn is_unchanged_past(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    if tokens.list.unnoted()[i].tag != Tag::VerbBase
        || i <= range.start
        || i + 1 >= range.end
        || !lexicon::english().is(WordSet::UnchangedPast, tokens.fold(i))
    {
        return false;
    }
    // "His aide, Ana Reyes, put the toll at 43", "Ana Reyes (Lab) hit back": behind an apposition, which has no verb.
    let (open, closed) = match tokens.fold(i - 1) {
        ")" => ("(", true),
        mark => (",", mark == ","),
    };
    let last = i - 1 - usize::from(closed && i > range.start + 3);
    let opened = (range.start + 1..last).rev().find(|k| tokens.fold(*k) == open);
    let subject = match (closed, opened) {
        (true, Some(open)) => open - 1,
        (true, None) => return false,
        (false, _) => last,
    };
    let one = match tokens.list.unnoted()[subject].tag {
        Tag::Noun | Tag::Propn => true,
        Tag::Pron => matches!(tokens.fold(subject), "he" | "she" | "it"),
        _ => false,
    };
    // "As the mayor put it" is a cue of its own.
    let object = tokens.fold(i + 1) != "it"
        && matches!(
            tokens.list.unnoted()[i + 1].tag,
            Tag::Det | Tag::Num | Tag::Pron | Tag::Propn
        )
        || closed && matches!(tokens.fold(i + 1), "back" | "out");
    // "They made the mayor put it off", "would the mayor put": no past.
    let clause = (range.start..subject)
        .rev()
        .find(|k| matches!(tokens.fold(*k), "," | ";" | "and" | "but"))
        .map_or(range.start, |k| k + 1);
    let free = |k: usize| {
        let tag = tokens.list.unnoted()[k].tag;
        !tag.is_verb() && !matches!(tag, Tag::Aux | Tag::Sconj) && tokens.fold(k) != "to"
    };
    one && object && (clause..i).all(free)
}

/// Whether a capitalized word that is no noun stands where a speaker does: behind a quotation and before "said", or
/// before "said" at the start of a sentence where it is an interjection or an auxiliary otherwise.
fn is_surname(tokens: &Tokens, range: &Range<usize>, i: usize) -> bool {
    let token = &tokens.list.unnoted()[i];
    let small = matches!(
        token.tag,
        Tag::Intj
            | Tag::Aux
            | Tag::Adv
            | Tag::Adj
            | Tag::Det
            | Tag::Adp
            | Tag::Cconj
            | Tag::Sconj
            | Tag::X
            | Tag::VerbBase
            | Tag::VerbPres
    );
    if !small || token.shape != Shape::Capital || token.kind != TokenKind::Word || i + 1 >= range.end {
        return false;
    }
    let word = tokens.fold(i);
    let says = cue::verb(tokens.fold(i + 1)).is_some_and(|v| {
        matches!(v.form, Form::Past | Form::Present)
            && v.classes.has(Classes::SPEECH)
            && !v.classes.has(Classes::WEAK)
    });
    let closed = Classes::QUANTITY
        .and(Classes::PERSONAL)
        .and(Classes::RELATIVE)
        .and(Classes::ANIMATE)
        .and(Classes::QUANTIFIER);
    if !says
        || matches!(
            word,
            "this" | "that" | "these" | "those" | "another" | "all" | "each" | "then" | "also" | "having"
        )
        || cue::classes(word).has(closed)
    {
        return false;
    }
    if i == range.start {
        return matches!(token.tag, Tag::Intj | Tag::Aux) && tokens.fold(i + 1) == "said";
    }
    // The quotation goes on into the narrator's sentence: a comma, or a question.
    let closes = |k: usize| matches!(tokens.fold(k), "”" | "\"" | "’" | "'" | "»");
    let inside = closes(i - 1) && i >= range.start + 2 && matches!(tokens.fold(i - 2), "," | "?" | "!");
    let outside = tokens.fold(i - 1) == "," && i >= range.start + 2 && closes(i - 2);
    inside || outside
}

//! Noun phrases of one sentence, from its items.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    semantic::{
        cue::{self, Classes, Form},
        line::{Line, Np, NpKind, is_animate},
    },
    syntax::{tag::Tag, token::Shape},
};

pub(super) fn chunk(line: &Line<'_>, name_starts: &[usize]) -> Vec<Np> {
    let mut nps = Vec::new();
    let mut i = 0;
    while i < line.len() {
        match np_from(line, i, name_starts) {
            Some(mut np) => {
                np.governed =
                    (np.items.start > 0 && is_governor(line, np.items.start - 1)).then(|| np.items.start - 1);
                i = np.items.end;
                nps.push(np);
            }
            None => i += 1,
        }
    }
    nps
}

fn is_governor(line: &Line<'_>, i: usize) -> bool {
    line.is_adp(i) || (line.tag(i) == Tag::Sconj && line.classes(i).has(Classes::ATTACH))
}

/// The noun phrase that starts at item `start`, if one does.
fn np_from(line: &Line<'_>, start: usize, name_starts: &[usize]) -> Option<Np> {
    let classes = line.classes(start);
    let single = |kind| {
        Some(Np {
            items: start..start + 1,
            head: start,
            kind,
            governed: None,
        })
    };
    if line.is_quote(start)
        || !line.is_word(start) && !matches!(line.fold(start), "$" | "@" | "#" | "£" | "€")
    {
        return None;
    }
    if classes.has(Classes::RELATIVE) && matches!(line.tag(start), Tag::Pron | Tag::Det | Tag::Sconj | Tag::X)
    {
        // "that" is a relative only where the tagger sees no conjunction or determiner.
        if line.fold(start) != "that" || line.tag(start) == Tag::Pron {
            return single(NpKind::Relative);
        }
        if line.tag(start) == Tag::Sconj {
            return None;
        }
    }
    if classes.has(Classes::PERSONAL.and(Classes::OBJECT))
        && line.tag(start) != Tag::Num
        && line.fold(start) != "her"
        && (line.fold(start) != "us" || line.shape(start) != Shape::AllCaps)
    {
        return single(NpKind::Pronoun);
    }
    if line.tag(start) == Tag::Pron && !classes.has(Classes::POSSESSIVE) {
        // "what | Okoro called", "others | who": a pronoun that owns nothing is a phrase of its own.
        return single(NpKind::Pronoun);
    }
    let mut end = start;
    let mut head = None;
    let mut after_possessive = false;
    let mut names = false;
    let mut proper_run = false;
    while end < line.len() {
        let i = end;
        if line.is_quote(i) {
            // A nickname or a scare quote inside a phrase: "Paul “Red” Okoro", "the so-called “safe zones” of".
            let short = line.items[i].end - line.items[i].first <= 6;
            let inside = short
                && i > start
                && i + 1 < line.len()
                && line.tag(i + 1) == Tag::Propn
                && line.tag(i - 1) == Tag::Propn;
            if !inside {
                break;
            }
            end += 1;
            continue;
        }
        let tag = line.tag(i);
        if i > start && line.is_clitic_verb(i) {
            break;
        }
        if i > start
            && !after_possessive
            && starts_name(line, i, name_starts)
            && head.is_some()
            && !proper_run
            && line.tag(i - 1) != Tag::Propn
            && line.classes(i - 1).has(Classes::TIME)
        {
            // "campaign manager Lena Hartmann" is one phrase, "yesterday | Hartmann" is two.
            break;
        }
        // "On Monday | Hartmann said".
        if i > start && is_time(line, start..i) {
            let time = Classes::TIME.and(Classes::TIME_HEAD);
            // What has an article or an adjective of its own before the day goes on ("a Monday meeting").
            let dated = start > 0
                && line.is_adp(start - 1)
                && line.tag(start) != Tag::Det
                && is_nominal(line.tag(i))
                && line.is_word(i)
                && line.kind(i) == TokenKind::Word
                && !line.classes(i).has(time);
            if dated || starts_name(line, i, name_starts) {
                break;
            }
        }
        // "the photo | Diallo posted": a thing and the one who does something to it.
        if i > start
            && head == Some(i - 1)
            && line.tag(start) == Tag::Det
            && line.tag(i - 1).is_noun()
            && starts_name(line, i, name_starts)
            && !line.is_human(i - 1)
            && !is_animate(line.fold(i - 1))
            && clause_behind_name(line, i)
        {
            break;
        }
        // "A statement | Wednesday".
        let weekday = i > start
            && head == Some(i - 1)
            && line.tag(i - 1).is_noun()
            && line.shape(i) == Shape::Capital
            && line.fold(i).ends_with("day")
            && line.classes(i).has(Classes::TIME)
            && !next_noun(line, i + 1);
        if weekday {
            break;
        }
        // "A poll | last month".
        if head.is_some()
            && !after_possessive
            && line.classes(i).has(Classes::TIME_HEAD)
            && line.classes(i + 1).has(Classes::TIME)
            && !line.classes(i - 1).has(Classes::TIME)
        {
            break;
        }
        let next_nominal = |from: usize| (from..line.len().min(from + 3)).any(|k| is_nominal(line.tag(k)));
        let goes = match tag {
            Tag::Noun | Tag::NounPl | Tag::Propn => true,
            Tag::Num | Tag::Sym => true,
            // "In the end | most voters said".
            Tag::Adj => head.is_none() || line.fold(i) != "most",
            Tag::Det => {
                head.is_none() && (i == start || matches!(line.fold(i - 1), "all" | "both" | "such" | "half"))
            }
            Tag::Pron if line.classes(i).has(Classes::POSSESSIVE) => {
                head.is_none() && (i == start || matches!(line.fold(i - 1), "all" | "both" | "of"))
            }
            Tag::Pron => i == start,
            // "Most said".
            Tag::Adv if i == start && classes.has(Classes::ANIMATE) => {
                line.is_aux(i + 1) || line.tag(i + 1).is_finite() || line.tag(i + 1) == Tag::VerbBase
            }
            // "more traditional voters", "most voters"
            Tag::Adv if i == start => {
                let described = usize::from(matches!(line.tag(i + 1), Tag::Adj | Tag::Propn));
                matches!(line.fold(i), "more" | "most" | "fewer" | "less")
                    && (line.tag(i + 1 + described) == Tag::NounPl || line.tag(i + 1) == Tag::Propn)
            }
            Tag::Adv => head.is_none() && matches!(line.tag(i + 1), Tag::Adj | Tag::Num | Tag::VerbPart),
            // "On Monday saying", "a court in Milan ruled on Friday": a cue behind a name is its own.
            Tag::VerbIng | Tag::VerbPart
                if proper_run && cue::verb(line.fold(i)).is_some_and(|v| v.classes.has(Classes::THAT)) =>
            {
                false
            }
            // "52 percent of registered voters".
            Tag::VerbPart if i == start => {
                start > 0 && line.is_adp(start - 1) && line.tag(start + 1) == Tag::NounPl
            }
            Tag::VerbIng if i == start => start == 0 && leads_subject(line),
            Tag::VerbPart | Tag::VerbIng => {
                i > start && (head.is_none() || proper_run || line.fold(i - 1) == "-") && next_nominal(i + 1)
            }
            Tag::Punct | Tag::Part | Tag::X | Tag::Cconj | Tag::Adp => match line.fold(i) {
                "-" => i > start && !line.is_dash(i) && i + 1 < line.len(),
                "&" | "/" => i > start && i + 1 < line.len(),
                "." => {
                    // "Donald J. Trump", "Mr. Gray".
                    let short = line.shape(i - 1) == Shape::Initial || line.fold(i - 1).len() <= 4;
                    i > start && short && line.tag(i - 1) == Tag::Propn && line.tag(i + 1) == Tag::Propn
                }
                _ if line.kind(i) == TokenKind::Possessive => {
                    i > start && (next_nominal(i + 1) || i + 1 < line.len())
                }
                "’" | "'" if i > start && line.fold(i - 1).ends_with('s') => next_nominal(i + 1),
                "of" => {
                    head.is_some()
                        && proper_run
                        && line.tag(i + 1) == Tag::Propn
                        && line.shape(i + 1) != Shape::Lower
                }
                _ => false,
            },
            _ => line.fold(i.wrapping_sub(1)) == "-" && line.is_word(i) && i > start,
        } || line.kind(i) == TokenKind::Possessive && i > start;
        if !goes {
            break;
        }
        after_possessive = line.kind(i) == TokenKind::Possessive || matches!(line.fold(i), "’" | "'");
        match tag {
            Tag::Noun | Tag::NounPl | Tag::Propn => {
                head = Some(i);
                names = tag == Tag::Propn;
                proper_run = names;
            }
            Tag::Num | Tag::Adj | Tag::Pron | Tag::Det if head.is_none() || after_possessive => {}
            Tag::Num if proper_run => {}
            _ if !line.is_word(i) => {}
            _ => proper_run = false,
        }
        if after_possessive {
            head = None;
        }
        end += 1;
    }
    // A dangling hyphen or possessive belongs to no phrase.
    while end > start && matches!(line.fold(end - 1), "-" | "/" | "&") {
        end -= 1;
    }
    if end == start {
        return None;
    }
    let head = match head {
        Some(head) => head,
        // "the French", "the injured", "two", "this", "his": a phrase without a noun still may speak.
        None if matches!(
            line.tag(end - 1),
            Tag::Adj | Tag::Num | Tag::Pron | Tag::Det | Tag::Sym | Tag::Adv
        ) =>
        {
            end - 1
        }
        None if line.kind(end - 1) == TokenKind::Possessive && end - 1 > start => end - 2,
        None => return None,
    };
    let time = is_time(line, start..end);
    let year = end - start == 1 && {
        let word = line.fold(start);
        word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit())
    };
    let time = time || year && start > 0 && matches!(line.fold(start - 1), "in" | "since" | "by" | "until");
    let kind = match line.tag(head) {
        _ if time => NpKind::Time,
        Tag::Propn => NpKind::Name,
        _ if names => NpKind::Name,
        Tag::Pron | Tag::Det if end - start == 1 => NpKind::Pronoun,
        _ => NpKind::Common,
    };
    Some(Np {
        items: start..end,
        head,
        kind,
        governed: None,
    })
}

/// Whether item `i` is a common noun that names no time.
fn next_noun(line: &Line<'_>, i: usize) -> bool {
    line.tag(i).is_noun() && !line.classes(i).has(Classes::TIME)
}

/// Whether items say when: "last Monday", "the 3 March".
fn is_time(line: &Line<'_>, mut items: Range<usize>) -> bool {
    items.clone().any(|i| line.classes(i).has(Classes::TIME))
        && items.all(|i| {
            let c = line.classes(i);
            c.has(Classes::TIME.and(Classes::TIME_HEAD)) || matches!(line.tag(i), Tag::Num | Tag::Det)
        })
}

/// Whether a verb in a tense follows the name that starts at item `i`.
fn clause_behind_name(line: &Line<'_>, i: usize) -> bool {
    const REACH: usize = 5;
    let end = (i..line.len().min(i + REACH)).find(|k| line.tag(*k) != Tag::Propn && line.fold(*k) != ".");
    end.is_some_and(|k| line.tag(k).is_finite() || line.is_aux(k) && line.kind(k) != TokenKind::Possessive)
}

fn is_nominal(tag: Tag) -> bool {
    matches!(tag, Tag::Noun | Tag::NounPl | Tag::Propn | Tag::Adj | Tag::Num)
}

pub(super) fn starts_name(line: &Line<'_>, i: usize, name_starts: &[usize]) -> bool {
    line.items
        .get(i)
        .is_some_and(|x| name_starts.binary_search(&(x.first as usize)).is_ok())
}

/// "Leading Democrats say": a participle that opens the sentence and describes those who speak.
fn leads_subject(line: &Line<'_>) -> bool {
    let says = cue::verb(line.fold(2)).is_some_and(|v| {
        v.classes.has(Classes::SPEECH)
            && v.classes.has(Classes::THAT)
            && (v.form == Form::Past || v.form == Form::Base)
    });
    matches!(line.tag(1), Tag::NounPl | Tag::Propn) && line.fold(1).ends_with('s') && says
}

//! How far a source phrase reaches: what hangs on a noun phrase to its right, and where a phrase began that ends
//! with a relative clause or a participle.

use crate::{
    semantic::{
        climb::{is_beside_somebody, is_junior, opens_clause, with_phrases},
        content_end::starts_clause,
        cue::{self, Classes},
        line::{Line, Np, NpKind, is_animate},
        subject::may_speak,
    },
    syntax::{tag::Tag, token::Shape},
};

/// How many items a clause behind a noun may have.
const MAX_CLAUSE: usize = 40;

/// How many items brackets may hold: "(R-Ohio)".
const MAX_BRACKET: usize = 12;

/// One past the last item of a noun phrase with what hangs on it to the right: "of", "for", "at" phrases and,
/// with `whole`, brackets, appositions and relative clauses, with the comma that closes them.
pub(super) fn extend_right(line: &Line<'_>, np: &Np, whole: bool) -> usize {
    let mut reach = Reach {
        line,
        np,
        whole,
        end: np.items.end,
        last: np,
        role: is_role(line, np),
        governed: np.items.start >= 2 && line.fold(np.items.start - 2) == "according",
    };
    loop {
        match reach.step() {
            Some(Step::On) => {}
            Some(Step::Ends(end)) => return end,
            None => return reach.end,
        }
    }
}

/// What a step to the right found.
enum Step {
    /// Something that hangs on the phrase, and more may follow.
    On,
    /// The last thing that hangs on it; one past its last item.
    Ends(usize),
}

/// A noun phrase and how far what hangs on it has been followed.
struct Reach<'l, 'a> {
    line: &'l Line<'a>,
    np: &'l Np,
    /// Whether brackets, appositions and clauses belong to it.
    whole: bool,
    /// One past the last item so far.
    end: usize,
    /// The last noun phrase so far.
    last: &'l Np,
    /// Whether the phrase is about somebody by office, which decides what prepositions hang on it: "director … in
    /// Riga", but not "he … in Riga".
    role: bool,
    /// It stands behind "according to", where a noun is nobody's subject, so that its verb only describes it.
    governed: bool,
}

impl<'l> Reach<'l, '_> {
    fn step(&mut self) -> Option<Step> {
        let on = self.bracket() || self.abbreviation() || self.examples() || self.attached() || self.joined();
        if on {
            return Some(Step::On);
        }
        if !self.whole {
            return None;
        }
        self.place()
            .or_else(|| self.apposition())
            .or_else(|| self.including())
            .or_else(|| self.relative())
            .or_else(|| (self.out_on_a_day() || self.participle()).then_some(Step::On))
    }

    /// "(R-Ohio)".
    fn bracket(&mut self) -> bool {
        let (line, end) = (self.line, self.end);
        if !matches!(line.fold(end), "(" | "[") {
            return false;
        }
        let close = (end..line.len().min(end + MAX_BRACKET)).find(|i| matches!(line.fold(*i), ")" | "]"));
        self.goes_to(close.map(|close| close + 1))
    }

    /// The stop of an abbreviation: "Jr.," and "former Ohio Gov. and party chairman Hale".
    fn abbreviation(&mut self) -> bool {
        let (line, end) = (self.line, self.end);
        let joined = || {
            self.whole
                && matches!(line.fold(end + 1), "and" | "or")
                && line.np_starting_at(end + 2).is_some_and(|n| line.may_speak(n))
        };
        // "Hale Foods, Inc. said".
        let verb = line.tag(end + 1).is_finite() || line.is_aux(end + 1);
        let stop = is_abbreviation(line, end) && (line.is_comma(end + 1) || verb || joined());
        self.goes_to(stop.then_some(end + 1))
    }

    /// "experts like Okoro".
    fn examples(&mut self) -> bool {
        let like = self.whole && self.role && self.line.fold(self.end) == "like";
        self.goes_to(like.then(|| example_end(self.line, self.end)).flatten())
    }

    /// Whether there is more, which ends at `end`.
    fn goes_to(&mut self, end: Option<usize>) -> bool {
        self.end = end.unwrap_or(self.end);
        end.is_some()
    }

    /// A preposition with its noun: "of Riga".
    fn attached(&mut self) -> bool {
        let (line, end, last) = (self.line, self.end, self.last);
        let word = line.fold(end);
        if !self.attaches(word) {
            return false;
        }
        let next = end + 1 + usize::from(line.fold(end + 1) == "to" && matches!(word, "close" | "next"));
        let inner = line
            .np_starting_at(next)
            .filter(|n| !matches!(n.kind, NpKind::Time | NpKind::Relative))
            .filter(|n| {
                let beside = || word != "of" && is_beside_somebody(line, word, n) && is_role(line, last);
                let some = || word == "of" && last.kind != NpKind::Name && is_some_of(line, n);
                n.kind != NpKind::Pronoun || some() || beside()
            })
            .filter(|n| !is_occasion(line, word, n));
        self.takes(inner)
    }

    /// Whether a preposition hangs on the last noun.
    fn attaches(&self, word: &str) -> bool {
        let (line, last) = (self.line, self.last);
        let common = last.kind == NpKind::Common;
        match word {
            "of" | "from" => true,
            "for" | "at" | "with" | "to" | "by" => {
                (common || self.role && word != "to") && (word != "by" || is_document(line, last))
            }
            // "a secretary of labor during the last government".
            "during" | "under" => self.whole && common && self.role,
            // "Four in ten".
            "in" if line.tag(last.head) == Tag::Num && line.tag(self.end + 1) == Tag::Num => true,
            "in" | "on" | "about" | "close" | "against" | "behind" | "near" | "inside" | "outside"
            | "beside" | "opposite" => common && is_role(line, last),
            "next" => common && is_role(line, last) && line.fold(self.end + 1) == "to",
            _ => false,
        }
    }

    /// Whether there is another noun phrase, which is the last one then.
    fn takes(&mut self, np: Option<&'l Np>) -> bool {
        self.last = np.unwrap_or(self.last);
        self.goes_to(np.map(|np| np.items.end))
    }

    /// "the minister and his deputy".
    fn joined(&mut self) -> bool {
        let (line, np) = (self.line, self.np);
        if !matches!(line.fold(self.end), "and" | "or" | "&") || np.kind == NpKind::Pronoun {
            return false;
        }
        let other = line.np_starting_at(self.end + 1).filter(|other| {
            let role = || self.role && is_role(line, other);
            let alike = if self.whole {
                other.kind == np.kind && (self.governed || line.may_speak(other))
                    || role()
                    || self.is_one_with(other)
            } else {
                role() && other.kind == NpKind::Common
            };
            let after = other.items.end;
            alike && !(line.tag(after).is_finite() || line.is_aux(after))
        });
        self.takes(other)
    }

    /// "author and historian Ann Roe", "the singer and songwriter Ann Roe": two nouns for one person.
    fn is_one_with(&self, other: &Np) -> bool {
        let (line, np) = (self.line, self.np);
        let first = np.items.start;
        let bare = line.tag(first) != Tag::Det && line.tag(first) != Tag::Pron || line.fold(first) == "the";
        let trade = |i: usize| line.shape(i) != Shape::Capital && line.is_human(i);
        self.role
            && bare
            && np.items.end == self.end
            && line.tag(np.head) != Tag::NounPl
            && other.kind == NpKind::Name
            && (other.items.start..other.head).any(trade)
    }

    /// Whether the comma at `at` closes what hangs on the phrase, and neither a quotation nor more of it follows.
    fn closes(&self, at: usize) -> bool {
        let line = self.line;
        line.is_comma(at) && !line.is_stop(at + 1) && !line.is_quote(at + 1) && !goes_on(line, at + 1)
    }

    /// A place behind a comma: "a student from Daytona Beach, Fla.," and "Misha Shah, 32, of Chicago".
    fn place(&mut self) -> Option<Step> {
        let (line, last) = (self.line, self.last);
        if !line.is_comma(self.end) || last.kind == NpKind::Pronoun {
            return None;
        }
        let of = matches!(line.fold(self.end + 1), "of" | "from");
        let place = line
            .np_starting_at(self.end + 1 + usize::from(of))
            .filter(|n| n.kind == NpKind::Name && n.items.len() <= 3)
            .filter(|n| {
                let town = last.governed.is_some() && last.kind == NpKind::Name;
                of || town && !line.tag(n.items.end).is_finite()
            })?;
        let mut close = place.items.end;
        close += usize::from(line.fold(close) == "." && line.is_comma(close + 1));
        if !line.is_comma(close) && !line.is_stop(close) {
            return None;
        }
        self.last = place;
        self.end = close;
        Some(if self.closes(close) {
            Step::Ends(close + 1)
        } else {
            Step::On
        })
    }

    /// "then ambassador to Mali", "now a paid commentator", behind a comma.
    fn apposition(&mut self) -> Option<Step> {
        let line = self.line;
        if !line.is_comma(self.end) {
            return None;
        }
        let start = self.end + 1 + usize::from(line.classes(self.end + 1).has(Classes::FORMERLY));
        let other = line
            .np_starting_at(start)
            .filter(|other| other.kind != NpKind::Time && is_apposed(line, self.last, other))?;
        let inner = extend_right(line, other, false);
        let closed = line.is_stop(inner)
            || line.is_comma(inner)
            || line.is_quote(inner)
            || line.fold(inner) == ":"
            || opens_relative(line, inner)
            || line.is_adp(inner)
            || matches!(line.tag(inner), Tag::VerbIng | Tag::VerbPart)
            || matches!(line.fold(inner), "and" | "to");
        let clause = line.tag(inner).is_finite() || line.is_aux(inner);
        if !closed || clause {
            return None;
        }
        self.end = inner;
        self.role |= is_role(line, other);
        let place = line
            .np_ending_at(inner)
            .filter(|n| n.kind == NpKind::Name && n.governed.is_some() && in_a_state(line, inner));
        self.last = place.unwrap_or(other);
        let ends = place.is_none() && self.closes(inner);
        Some(if ends { Step::Ends(inner + 1) } else { Step::On })
    }

    /// "several ministers, including Okoro, said".
    fn including(&self) -> Option<Step> {
        let (line, end) = (self.line, self.end);
        let listed = line.is_comma(end)
            && self.np.kind != NpKind::Pronoun
            && line.classes(end + 1).has(Classes::INCLUDING);
        let list = listed.then(|| example_end(line, end + 1)).flatten()?;
        Some(Step::Ends(
            list + usize::from(line.is_comma(list) && !line.is_stop(list + 1)),
        ))
    }

    /// Whether the last noun is "those" of "one of those who saw it", "some of those attending".
    fn those(&self) -> bool {
        self.last.items.start > self.np.items.start && self.line.fold(self.last.head) == "those"
    }

    /// "who saw it", with the comma that closes it.
    fn relative(&self) -> Option<Step> {
        let line = self.line;
        if self.np.kind == NpKind::Pronoun && !self.those() {
            return None;
        }
        let comma = line.is_comma(self.end);
        let from = self.end + usize::from(comma);
        if !opens_relative(line, from) {
            return None;
        }
        let close = relative_end(line, from, comma).filter(|close| !reports(line, from, *close))?;
        let closed = comma && line.is_comma(close) && !line.is_stop(close + 1);
        Some(Step::Ends(close + usize::from(closed)))
    }

    /// "a Harbour poll out Thursday".
    fn out_on_a_day(&mut self) -> bool {
        let out = self.governed && self.line.fold(self.end) == "out";
        let day = out.then(|| self.line.np_starting_at(self.end + 1)).flatten();
        self.goes_to(day.filter(|n| n.kind == NpKind::Time).map(|day| day.items.end))
    }

    /// "two officials briefed on it", "a poll released Sunday".
    fn participle(&mut self) -> bool {
        let (line, end, those) = (self.line, self.end, self.those());
        let passive = line.tag(end) == Tag::VerbPart || line.tag(end) == Tag::VerbPast && self.governed;
        let common = self.np.kind == NpKind::Common || self.last.kind == NpKind::Common;
        let passive = passive && (common || self.governed || those);
        let active = line.tag(end) == Tag::VerbIng
            && (is_role(line, self.last) || those)
            && cue::verb(line.fold(end)).is_none_or(|v| !v.classes.has(Classes::THAT));
        if !passive && !active {
            return false;
        }
        let mut k = end + 1;
        while k < line.len() && (line.is_adp(k) || line.is_adverb(k)) {
            k += 1;
        }
        // "The dockers engaged in a “long quarrel”" tells what they did.
        let object = line.np_starting_at(k).filter(|np| line.tag(np.head) != Tag::Det);
        self.goes_to(object.map(|object| object.items.end))
    }
}

/// "one of them", "many of those": the pronoun behind "of" that a number or a quantity is taken from.
fn is_some_of(line: &Line<'_>, np: &Np) -> bool {
    matches!(line.fold(np.head), "them" | "those" | "these" | "us")
}

/// "Four in ten, or 38 percent, said": whether an aside only counts the same people another way.
pub(super) fn restates(line: &Line<'_>, from: usize, to: usize) -> bool {
    let np = line.np_starting_at(from + 1).filter(|np| np.items.end == to);
    line.fold(from) == "or" && np.is_some_and(|np| line.is_share(np))
}

/// Whether `other` behind a comma says what `np` is, or who.
fn is_apposed(line: &Line<'_>, np: &Np, other: &Np) -> bool {
    match (np.kind, other.kind) {
        (NpKind::Name, NpKind::Common) | (NpKind::Common, NpKind::Name) => true,
        (NpKind::Common, NpKind::Common) => is_role(line, other) || is_age(line, other),
        // "Roy, Democrat of Ohio", "Roy, the Labour MP for Leeds".
        (NpKind::Name, NpKind::Name) => {
            (other.items.len() == 1 || line.fold(other.items.start + 1) == "of")
                && is_animate(line.fold(other.items.start))
                || line.tag(other.items.start) == Tag::Det && !line.is_aux(other.items.end)
        }
        _ => is_age(line, other),
    }
}

/// Whether what begins at item `i` behind a comma still belongs to the phrase before it.
fn goes_on(line: &Line<'_>, i: usize) -> bool {
    opens_relative(line, i)
        || line.np_starting_at(i).is_some_and(|n| is_role(line, n))
        || line.fold(i) == "of" && line.np_starting_at(i + 1).is_some_and(|n| n.kind == NpKind::Name)
}

/// Whether a comma at item `comma` leads to the short name of a state: "in Chalmette, La.,".
fn in_a_state(line: &Line<'_>, comma: usize) -> bool {
    line.is_comma(comma)
        && line
            .np_starting_at(comma + 1)
            .is_some_and(|n| n.kind == NpKind::Name && is_abbreviation(line, n.items.end))
}

/// Where a list of examples ends that begins at item `i` with "including" or "like".
fn example_end(line: &Line<'_>, i: usize) -> Option<usize> {
    let mut end = extend_right(line, line.np_starting_at(i + 1)?, false);
    loop {
        let comma = usize::from(line.is_comma(end));
        let and = usize::from(matches!(line.fold(end + comma), "and" | "or"));
        let next = end + comma + and;
        let Some(np) = line.np_starting_at(next).filter(|np| {
            comma + and > 0 && !matches!(np.kind, NpKind::Time | NpKind::Relative | NpKind::Pronoun)
        }) else {
            return Some(end);
        };
        let after = extend_right(line, np, false);
        if line.tag(after).is_finite() || line.is_aux(after) || after >= line.len() && and == 0 {
            return Some(end);
        }
        end = after;
    }
}

/// "in an interview", "at a rally": where something is said, not who says it.
fn is_occasion(line: &Line<'_>, preposition: &str, np: &Np) -> bool {
    matches!(preposition, "in" | "on" | "at" | "to" | "with" | "for")
        && (is_document(line, np) || line.classes(np.head).has(Classes::OCCASION))
}

fn is_document(line: &Line<'_>, np: &Np) -> bool {
    line.classes(np.head)
        .has(Classes::DOCUMENT.and(Classes::CUE_NOUN_DOCUMENT))
}

fn is_role(line: &Line<'_>, np: &Np) -> bool {
    (np.kind == NpKind::Common || line.tag(np.items.start) == Tag::Det)
        && (is_animate(line.fold(np.head)) || line.is_human(np.head))
}

/// "Sara Walker, 44,".
fn is_age(line: &Line<'_>, np: &Np) -> bool {
    np.items.len() == 1 && line.tag(np.head) == Tag::Num
}

/// Whether a relative clause begins at item `i`: "who", "whose", "which", "of whom".
pub(super) fn opens_relative(line: &Line<'_>, i: usize) -> bool {
    let word = line.fold(i);
    matches!(word, "who" | "whose" | "which")
        || word == "that"
            && line
                .np_starting_at(i)
                .is_some_and(|np| np.kind == NpKind::Relative)
        || line.is_adp(i) && matches!(line.fold(i + 1), "whom" | "which")
}

/// Whether the stop at item `i` belongs to a short name in the middle of the sentence: "Mr. Gray", "Jr.,".
fn is_abbreviation(line: &Line<'_>, i: usize) -> bool {
    line.fold(i) == "."
        && i > 0
        && (line.is_comma(i + 1) || line.is_word(i + 1))
        && line.tag(i - 1) == Tag::Propn
        && line.fold(i - 1).len() <= 5
}

/// Whether the relative clause `from..to` itself reports ("Roy, who said he was late, added"). A verb of saying that
/// only has an object reports nothing: "Roy, a pollster who predicted the last defeat".
pub(super) fn reports(line: &Line<'_>, from: usize, to: usize) -> bool {
    (from..to.min(line.len())).any(|i| {
        line.is_quote(i)
            || cue::verb(line.fold(i)).is_some_and(|v| {
                line.is_verb(i)
                    && v.classes.has(Classes::SPEECH)
                    && v.classes.has(Classes::THAT)
                    && !v.classes.has(Classes::WEAK)
                    && !has_plain_object(line, i, to)
            })
    })
}

/// Whether the verb at item `i` has an object that begins no clause before `to`.
fn has_plain_object(line: &Line<'_>, i: usize, to: usize) -> bool {
    let object = line
        .np_starting_at(i + 1)
        .filter(|np| matches!(np.kind, NpKind::Common | NpKind::Name));
    object.is_some_and(|np| {
        !starts_clause(line, i + 1)
            && !np.items.clone().any(|k| line.is_quote(k))
            && !(np.items.end..line.len().min(to + 1)).any(|k| line.fold(k) == "that" || line.is_quote(k))
    })
}

/// Where the relative clause that begins at item `from` ends: behind a comma clause at the sentence's end or
/// before the words of a quotation; else before the comma that closes it.
fn relative_end(line: &Line<'_>, from: usize, comma: bool) -> Option<usize> {
    let mut i = from + 1;
    let mut verb = false;
    while i < line.len().min(from + MAX_CLAUSE) {
        let over = line.is_stop(i) && !is_abbreviation(line, i);
        if line.is_quote(i) || over || matches!(line.fold(i), ":" | ";") {
            return verb.then_some(i);
        }
        if line.is_comma(i) || line.is_dash(i) {
            // A list inside the clause goes on: "who lived in Oslo, Bergen and Riga"; so does a place: "of Avignon,
            // France".
            let goes_on = line.np_starting_at(i + 1).is_some_and(|np| {
                comma && matches!(line.fold(np.items.end), "," | "and" | "or")
                    || np.kind == NpKind::Name && line.tag(i - 1) == Tag::Propn && line.is_stop(np.items.end)
            });
            if !goes_on && verb {
                return Some(i);
            }
        }
        verb |= line.tag(i).is_finite() || line.is_aux(i);
        i += 1;
    }
    (i >= line.len() && verb).then_some(line.len())
}

/// Whether an aside that begins at item `first` says what somebody is: "now a paid commentator", "44",
/// "of Hartmann Research".
pub(super) fn describes(line: &Line<'_>, first: usize) -> bool {
    if line.np_starting_at(first).is_some_and(|np| is_age(line, np)) {
        return true;
    }
    let of = matches!(line.fold(first), "of" | "at" | "from" | "with")
        && line.np_starting_at(first + 1).is_some_and(|np| {
            np.kind == NpKind::Name && (line.fold(first) == "of" || line.is_comma(np.items.end))
                || np.kind == NpKind::Common && line.classes(np.head).has(Classes::BODY)
        });
    let now = (line.is_adverb(first) || line.classes(first).has(Classes::FORMERLY))
        && line.np_starting_at(first + 1).is_some_and(|np| is_role(line, np));
    of || now || line.classes(first).has(Classes::INCLUDING)
}

/// Where the phrase begins that the one at item `start` stands in apposition to: "Edd" of "Edd, an official".
pub(super) fn apposed(line: &Line<'_>, start: usize) -> Option<usize> {
    let comma = start.checked_sub(1).filter(|c| line.is_comma(*c))?;
    let inner = line.np_starting_at(start)?;
    let mut end = comma;
    if end > 0 && matches!(line.fold(end - 1), ")" | "]") {
        end = (0..end - 1).rev().find(|i| matches!(line.fold(*i), "(" | "["))?;
    }
    // "James Brandt Jr., the director".
    if end > 0 && is_junior(line, end - 1) {
        end -= 1;
    }
    let np = line.np_ending_at(end)?;
    // An age between the two: "Sara Walker, 44, a teacher".
    if is_age(line, np) {
        return apposed(line, np.items.start);
    }
    let alike = match (np.kind, inner.kind) {
        (NpKind::Name, NpKind::Common) => {
            is_role(line, inner) || np.governed.is_none() && is_age(line, inner)
        }
        (NpKind::Common, NpKind::Name) => is_role(line, np),
        (NpKind::Common, NpKind::Common) => is_role(line, np) && is_role(line, inner),
        _ => false,
    };
    let (range, _) = alike.then(|| with_phrases(line, np, end)).flatten()?;
    (may_speak(line, &range) && opens_clause(line, range.start)).then_some(range.start)
}

/// Where a phrase begins that ends before item `end` with a relative clause or a participle: "the two who met
/// Okoro", "a study published on Monday", "a diplomat familiar with the talks".
pub(super) fn postmodified(line: &Line<'_>, end: usize) -> Option<usize> {
    let mut verbs = 0;
    for i in (end.saturating_sub(MAX_CLAUSE).max(1)..end).rev() {
        if line.is_quote(i)
            || line.is_comma(i)
            || line.is_dash(i)
            || matches!(line.fold(i), ";" | ":" | "(" | ")")
        {
            return None;
        }
        let tag = line.tag(i);
        let before = |at: usize| {
            let np = line
                .np_ending_at(at)
                .filter(|np| !matches!(np.kind, NpKind::Relative | NpKind::Time))?;
            let (range, _) = with_phrases(line, np, at)?;
            (opens_clause(line, range.start) && may_speak(line, &range)).then_some(range.start)
        };
        if opens_relative(line, i) && i + 1 < end {
            // "Somebody who lived there and who did not want to be named".
            let joined = line.classes(i - 1).has(Classes::COORDINATOR);
            if joined && verbs <= 2 {
                verbs = 1;
                continue;
            }
            return (1..=2).contains(&verbs).then(|| before(i)).flatten();
        }
        // "Several people I’ve spoken with said": the subject of a clause right behind the phrase.
        let follows = line.tag(i + 1).is_verb() || line.is_aux(i + 1);
        let contact = line.classes(i).has(Classes::PERSONAL.and(Classes::CONTRACTION))
            && line.tag(i) == Tag::Pron
            && line.np_ending_at(i).is_some_and(|np| line.is_animate(np.head));
        if contact && verbs <= 1 && (follows || line.is_contraction(i)) {
            return before(i);
        }
        // "A poll released Wednesday found": the tagger takes some participles for a past tense.
        let reduced = tag == Tag::VerbPast
            && line.fold(i).ends_with("ed")
            && !line.classes(i - 1).has(Classes::RELATIVE)
            && !line.nps.iter().any(|np| {
                np.items.start > i && np.items.end <= end && np.governed.is_none() && np.kind != NpKind::Time
            });
        if (tag.is_finite() && !reduced) || line.is_aux(i) && !line.is_aux(i + 1) {
            verbs += 1;
            if verbs > 2 {
                return None;
            }
            continue;
        }
        // "a letter saying Hartmann said": the participle reports what follows.
        let carries =
            tag == Tag::VerbIng && cue::verb(line.fold(i)).is_some_and(|v| v.classes.has(Classes::THAT));
        let participle = (reduced || matches!(tag, Tag::VerbPart | Tag::VerbIng)) && !carries
            || (tag == Tag::Adj || line.fold(i) == "close")
                && line.is_adp(i + 1)
                && line.np_over(i).is_none();
        if participle
            && verbs == 0
            && let Some(start) = before(i)
        {
            return Some(start);
        }
    }
    None
}

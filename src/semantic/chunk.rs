//! Noun phrases of one sentence, from its items.

use std::ops::Range;

use crate::{
    base::word::TokenKind,
    semantic::{
        content_end::ends_inside_with_comma,
        cue::{self, Classes, Form},
        gaps,
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
    if line.is_quote(start)
        || !line.is_word(start) && !matches!(line.fold(start), "$" | "@" | "#" | "£" | "€")
    {
        return None;
    }
    if let Some(kind) = single_word(line, start) {
        return Some(Np {
            items: start..start + 1,
            head: start,
            kind: kind?,
            governed: None,
        });
    }
    let mut words = Words {
        line,
        name_starts,
        start,
        end: start,
        head: None,
        after_possessive: false,
        names: false,
        proper_run: false,
    };
    while words.end < line.len() && words.take() {}
    words.finish()
}

/// The kind of a phrase that is one word whatever follows, if the word at `start` is one; none inside that when the word
/// is no phrase at all.
fn single_word(line: &Line<'_>, start: usize) -> Option<Option<NpKind>> {
    let classes = line.classes(start);
    if classes.has(Classes::RELATIVE) && matches!(line.tag(start), Tag::Pron | Tag::Det | Tag::Sconj | Tag::X)
    {
        // "that" is a relative only where the tagger sees no conjunction or determiner.
        if line.fold(start) != "that" || line.tag(start) == Tag::Pron {
            return Some(Some(NpKind::Relative));
        }
        if line.tag(start) == Tag::Sconj {
            return Some(None);
        }
    }
    let personal = classes.has(Classes::PERSONAL.and(Classes::OBJECT))
        && line.tag(start) != Tag::Num
        && line.fold(start) != "her"
        && (line.fold(start) != "us" || line.shape(start) != Shape::AllCaps);
    // "what | Okoro called", "others | who": a pronoun that owns nothing is a phrase of its own.
    let owns_nothing = line.tag(start) == Tag::Pron && !classes.has(Classes::POSSESSIVE);
    (personal || owns_nothing).then_some(Some(NpKind::Pronoun))
}

/// A noun phrase that is being read: the items from `start` to `end`.
struct Words<'l, 'a, 'n> {
    line: &'l Line<'a>,
    /// The first tokens of names, in order.
    name_starts: &'n [usize],
    start: usize,
    end: usize,
    /// The noun read last, behind the possessive mark if there is one.
    head: Option<usize>,
    /// Whether the item before `end` is a possessive mark.
    after_possessive: bool,
    /// Whether the noun read last is a name.
    names: bool,
    /// Whether nothing but names and numbers was read since the last name.
    proper_run: bool,
}

impl Words<'_, '_, '_> {
    /// Takes in the item at `end` if it belongs to the phrase; false when the phrase is over.
    fn take(&mut self) -> bool {
        let (line, i) = (self.line, self.end);
        if line.is_quote(i) {
            let inside = self.is_inner_quote();
            self.end += usize::from(inside);
            return inside;
        }
        if i > self.start && (line.is_clitic_verb(i) || self.is_other_phrase()) {
            return false;
        }
        let possessive = line.kind(i) == TokenKind::Possessive;
        if !(possessive && i > self.start || self.fits()) {
            return false;
        }
        self.after_possessive = possessive || matches!(line.fold(i), "’" | "'");
        match line.tag(i) {
            // "a mum-of-three": whom the number belongs to stays the head.
            _ if i > 1 && line.fold(i - 1) == "-" && line.fold(i - 2) == "of" => {}
            tag @ (Tag::Noun | Tag::NounPl | Tag::Propn) => {
                self.head = Some(i);
                self.names = tag == Tag::Propn;
                self.proper_run = self.names;
            }
            Tag::Num | Tag::Adj | Tag::Pron | Tag::Det if self.head.is_none() || self.after_possessive => {}
            Tag::Num if self.proper_run => {}
            _ if !line.is_word(i) => {}
            _ => self.proper_run = false,
        }
        if self.after_possessive {
            self.head = None;
        }
        self.end += 1;
        true
    }

    /// A nickname or a scare quote inside a phrase: "Paul “Red” Okoro", "the so-called “safe zones” of"; but not the words
    /// between two who are named: "called Okoro “a fool,” Brandt said".
    fn is_inner_quote(&self) -> bool {
        let (line, i) = (self.line, self.end);
        line.items[i].end - line.items[i].first <= 6
            && !ends_inside_with_comma(line, i)
            && i > self.start
            && i + 1 < line.len()
            && line.tag(i + 1) == Tag::Propn
            && line.tag(i - 1) == Tag::Propn
    }

    /// Whether another phrase begins right here, which only stands beside this one.
    fn is_other_phrase(&self) -> bool {
        let (line, i) = (self.line, self.end);
        let name = starts_name(line, i, self.name_starts);
        // "campaign manager Lena Hartmann" is one phrase, "yesterday | Hartmann" is two.
        if name
            && !self.after_possessive
            && self.head.is_some()
            && !self.proper_run
            && line.tag(i - 1) != Tag::Propn
            && line.classes(i - 1).has(Classes::TIME)
        {
            return true;
        }
        self.is_behind_clock(name)
            || self.is_behind_time(name)
            || self.is_name_of_doer(name)
            || self.is_before_gap()
            || self.is_before_time()
    }

    /// "14.45 | Hartmann says", "9:30am | Hartmann says": the hour that a live blog sets before its line.
    fn is_behind_clock(&self, name: bool) -> bool {
        let (line, start) = (self.line, self.start);
        let hour = line.fold(start);
        name && start == 0
            && self.end == 1
            && line.kind(0) == TokenKind::Number
            && (hour.contains([':', '.']) && hour.len() >= 4 || hour.ends_with("am") || hour.ends_with("pm"))
    }

    /// "On Monday | Hartmann said": whether all so far says when, and what stands here is something else.
    fn is_behind_time(&self, name: bool) -> bool {
        let (line, start, i) = (self.line, self.start, self.end);
        // What has an article or an adjective of its own before the day goes on ("a Monday meeting").
        let dated = || {
            start > 0
                && line.is_adp(start - 1)
                && line.tag(start) != Tag::Det
                && is_nominal(line.tag(i))
                && line.is_word(i)
                && line.kind(i) == TokenKind::Word
                && !line.classes(i).has(Classes::TIME.and(Classes::TIME_HEAD))
        };
        is_time(line, start..i) && (name || dated() || self.is_before_titled_name())
    }

    /// "Last month | President Okoro said", "this week | former mayor Reyes left": whether an office leads up to a name here.
    fn is_before_titled_name(&self) -> bool {
        /// How many words of an office stand before the name at most.
        const OFFICE: usize = 4;
        let (line, i) = (self.line, self.end);
        let counted =
            i > self.start + 1 && matches!(line.fold(self.start), "last" | "this" | "next" | "that");
        let day = i == self.start + 1 && matches!(line.fold(self.start), "yesterday" | "today" | "tonight");
        let named = |k: usize| starts_name(line, k, self.name_starts);
        let name = (i + 1..line.len().min(i + 1 + OFFICE)).find(|k| named(*k));
        (counted || day)
            && name.is_some_and(|name| {
                (i..name).all(|k| is_nominal(line.tag(k)) && line.is_word(k)) && line.is_human(name - 1)
            })
    }

    /// "the photo | Diallo posted": a thing and the one who does something to it.
    fn is_name_of_doer(&self, name: bool) -> bool {
        let (line, i) = (self.line, self.end);
        name && self.head == Some(i - 1)
            && line.tag(self.start) == Tag::Det
            && line.tag(i - 1).is_noun()
            && !line.is_human(i - 1)
            && !is_animate(line.fold(i - 1))
            && clause_behind_name(line, i)
    }

    /// "a charity | prosecutors said was a front", "a trend | Hale said could last": a thing and whoever says of it what the
    /// verb behind tells.
    fn is_before_gap(&self) -> bool {
        const REACH: usize = 5;
        let (line, i) = (self.line, self.end);
        // "A plan | the city officials said was dead" has what they said it of before it.
        let before = self.start.checked_sub(1);
        // "On figures | auditors said were wrong".
        let bare = i == self.start + 1
            && line.tag(i - 1) == Tag::NounPl
            && line.tag(i) == Tag::NounPl
            && before.is_some_and(|b| line.is_adp(b) || line.is_verb(b));
        let noun = self.head == Some(i - 1)
            && (bare || matches!(line.tag(self.start), Tag::Det | Tag::Num))
            && line.tag(i - 1).is_noun()
            && !before.is_some_and(|b| line.tag(b).is_noun() || line.tag(b) == Tag::Propn);
        let part = |k: usize| matches!(line.tag(k), Tag::Propn | Tag::Noun) || line.fold(k) == ".";
        let last = (i..line.len().min(i + REACH)).find(|k| !part(*k));
        let Some(last) = last.filter(|_| noun) else {
            return false;
        };
        let many = line.tag(last) == Tag::NounPl && line.is_animate(last);
        let named = last > i && line.tag(i) == Tag::Propn && line.tag(last - 1) == Tag::Propn;
        (many || named) && says_of_gap(line, last + usize::from(many))
    }

    /// "A statement | Wednesday", "A poll | last month", "A remark | hours earlier".
    fn is_before_time(&self) -> bool {
        let (line, i) = (self.line, self.end);
        let weekday = self.head == Some(i - 1)
            && line.tag(i - 1).is_noun()
            && line.shape(i) == Shape::Capital
            && line.fold(i).ends_with("day")
            && line.classes(i).has(Classes::TIME)
            && !next_noun(line, i + 1);
        // "A remark | hours earlier".
        let since = self.head == Some(i - 1)
            && line.tag(i) == Tag::NounPl
            && line.tag(i - 1) == Tag::Noun
            && matches!(line.fold(i + 1), "earlier" | "ago" | "later");
        weekday
            || since
            || self.head.is_some()
                && !self.after_possessive
                && line.classes(i).has(Classes::TIME_HEAD)
                && line.classes(i + 1).has(Classes::TIME)
                && !line.classes(i - 1).has(Classes::TIME)
    }

    /// Whether a noun, a name, an adjective or a number stands at item `from` or shortly behind it.
    fn is_nominal_near(&self, from: usize) -> bool {
        (from..self.line.len().min(from + 3)).any(|k| is_nominal(self.line.tag(k)))
    }

    /// Whether the item at `end` can belong to the phrase, by its tag.
    fn fits(&self) -> bool {
        let (line, i) = (self.line, self.end);
        let first = i == self.start;
        let behind = |words: &[&str]| !first && words.contains(&line.fold(i - 1));
        match line.tag(i) {
            Tag::Noun | Tag::NounPl | Tag::Propn | Tag::Num | Tag::Sym => true,
            // "In the end | most voters said".
            Tag::Adj => self.head.is_none() || line.fold(i) != "most",
            Tag::Det => self.head.is_none() && (first || behind(&["all", "both", "such", "half"])),
            Tag::Pron if line.classes(i).has(Classes::POSSESSIVE) => {
                self.head.is_none() && (first || behind(&["all", "both", "of"]))
            }
            Tag::Pron => first,
            Tag::Adv => self.adverb_fits(),
            Tag::VerbIng | Tag::VerbPart => self.participle_fits(),
            Tag::Punct | Tag::Part | Tag::X | Tag::Cconj | Tag::Adp => self.mark_fits(),
            _ => behind(&["-"]) && line.is_word(i),
        }
    }

    fn adverb_fits(&self) -> bool {
        let (line, i) = (self.line, self.end);
        if i > self.start {
            return self.head.is_none() && matches!(line.tag(i + 1), Tag::Adj | Tag::Num | Tag::VerbPart);
        }
        // "Most said".
        if line.classes(i).has(Classes::ANIMATE) {
            return line.is_aux(i + 1) || line.tag(i + 1).is_finite() || line.tag(i + 1) == Tag::VerbBase;
        }
        // "According to recently leaked papers".
        if line.tag(i + 1) == Tag::VerbPart && line.fold(i).ends_with("ly") {
            return i > 0 && line.is_adp(i - 1) && self.leads_plural(i + 2);
        }
        // "more traditional voters", "most voters"
        let described = usize::from(matches!(line.tag(i + 1), Tag::Adj | Tag::Propn));
        matches!(line.fold(i), "more" | "most" | "fewer" | "less")
            && (line.tag(i + 1 + described) == Tag::NounPl || line.tag(i + 1) == Tag::Propn)
    }

    fn participle_fits(&self) -> bool {
        let (line, i) = (self.line, self.end);
        // "On Monday saying", "a court in Milan ruled on Friday": a cue behind a name is its own.
        if self.proper_run && cue::verb(line.fold(i)).is_some_and(|v| v.classes.has(Classes::THAT)) {
            return false;
        }
        if i > self.start {
            let inner = self.head.is_none() || self.proper_run || line.fold(i - 1) == "-";
            // "with Lena Holm calling the plan a mess": what has an article behind it is no part of the name, nor is "calling" in
            // "with Holm calling for a ban".
            let doing = self.proper_run && line.is_adp(i + 1) && cue::verb(line.fold(i)).is_some();
            return inner
                && !doing
                && !matches!(line.tag(i + 1), Tag::Det | Tag::Pron)
                && self.is_nominal_near(i + 1);
        }
        if line.tag(i) == Tag::VerbIng {
            return i == 0 && leads_subject(line);
        }
        // "52 percent of registered voters", "to leaked party papers".
        i > 0 && line.is_adp(i - 1) && self.leads_plural(i + 1)
    }

    /// Whether nouns stand from item `i` on, of which the last is a plural.
    fn leads_plural(&self, i: usize) -> bool {
        let line = self.line;
        let noun = |k: usize| matches!(line.tag(k), Tag::Noun | Tag::Propn | Tag::Adj);
        (i..line.len())
            .find(|k| !noun(*k))
            .is_some_and(|k| line.tag(k) == Tag::NounPl)
    }

    /// Whether a mark or a small word joins two parts of the phrase.
    fn mark_fits(&self) -> bool {
        let (line, i) = (self.line, self.end);
        if i == self.start {
            return false;
        }
        match line.fold(i) {
            "-" => !line.is_dash(i) && i + 1 < line.len(),
            "&" | "/" => i + 1 < line.len(),
            "," => self.proper_run && line.is_in_name(i),
            // "Yahoo! News".
            "!" => line.tag(i - 1) == Tag::Propn && line.tag(i + 1) == Tag::Propn,
            // "Donald J. Trump", "Mr. Gray".
            "." => {
                let short = line.shape(i - 1) == Shape::Initial || line.fold(i - 1).len() <= 4;
                short && line.tag(i - 1) == Tag::Propn && line.tag(i + 1) == Tag::Propn
            }
            "’" | "'" if line.fold(i - 1).ends_with('s') => self.is_nominal_near(i + 1),
            "of" if line.fold(i - 1) == "-" && line.fold(i + 1) == "-" => self.head.is_some(),
            "of" => {
                self.head.is_some()
                    && self.proper_run
                    && line.tag(i + 1) == Tag::Propn
                    && line.shape(i + 1) != Shape::Lower
            }
            _ => false,
        }
    }

    /// The phrase with its head and kind, if what was read is one.
    fn finish(mut self) -> Option<Np> {
        let (line, start) = (self.line, self.start);
        // A dangling hyphen belongs to no phrase.
        while self.end > start && matches!(line.fold(self.end - 1), "-" | "/" | "&") {
            self.end -= 1;
        }
        let end = self.end;
        if end == start {
            return None;
        }
        let last = end - 1;
        let head = match self.head {
            Some(head) => head,
            // "the French", "the injured", "two", "this", "his": a phrase without a noun still may speak.
            None if matches!(
                line.tag(last),
                Tag::Adj | Tag::Num | Tag::Pron | Tag::Det | Tag::Sym | Tag::Adv
            ) =>
            {
                last
            }
            None if line.kind(last) == TokenKind::Possessive && last > start => last - 1,
            None => return None,
        };
        let kind = match line.tag(head) {
            _ if is_time(line, start..end) || end == start + 1 && is_year(line, start) => NpKind::Time,
            Tag::Propn => NpKind::Name,
            _ if self.names => NpKind::Name,
            Tag::Pron | Tag::Det if end == start + 1 => NpKind::Pronoun,
            _ => NpKind::Common,
        };
        Some(Np {
            items: start..end,
            head,
            kind,
            governed: None,
        })
    }
}

/// "In 2019", "since 1998".
fn is_year(line: &Line<'_>, i: usize) -> bool {
    let word = line.fold(i);
    word.len() == 4
        && word.starts_with(['1', '2'])
        && word.bytes().all(|b| b.is_ascii_digit())
        && i > 0
        && matches!(line.fold(i - 1), "in" | "since" | "by" | "until")
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

/// Whether the verb at item `i` says something, and what stands behind it is a verb whose subject came before: "said could
/// last".
pub(super) fn says_of_gap(line: &Line<'_>, i: usize) -> bool {
    let Some(item) = line.items.get(i).filter(|_| !line.is_quote(i)) else {
        return false;
    };
    let next = i + 1 + usize::from(line.is_adverb(i + 1));
    gaps::is_attribution(&line.local.tokens, item.first as usize)
        && (line.tag(next).is_finite() || line.is_aux(next))
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

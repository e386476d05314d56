//! A cue verb with its auxiliaries, adverbs and the verbs it hangs on.

use std::ops::Range;

use crate::{
    semantic::{
        climb::floats,
        content_end::ends_inside_with_comma,
        cue::{self, Classes, Form},
        lexicon,
        line::Line,
        subject::before,
        wordsets::WordSet,
    },
    syntax::tag::Tag,
};

/// A verb group, in items of its sentence.
pub(super) struct Group {
    pub(super) items: Range<usize>,
    pub(super) passive: bool,
    pub(super) negated: bool,
    pub(super) infinitive: bool,
    pub(super) finite: bool,
    /// Whether the cue hangs on another verb ("went on to say").
    pub(super) chained: bool,
}

/// The verb at `at` with what belongs to it on the left.
pub(super) fn verb_group(line: &Line<'_>, at: usize, form: Form) -> Group {
    let mut leftward = Leftward {
        line,
        at,
        form,
        first: at,
        verb: at,
        group: Group {
            items: at..at + 1,
            passive: false,
            negated: false,
            infinitive: false,
            finite: matches!(form, Form::Past | Form::Present),
            chained: false,
        },
    };
    while leftward.step() {}
    let mut group = leftward.group;
    // Adverbs on the outer left stay outside when a comma or the sentence's start stands before them.
    group.items.start = leftward.first;
    group.passive = group.passive || is_passive(line, at, form, &group);
    group
}

/// A verb group that is read from its verb to the left.
struct Leftward<'l, 'a> {
    line: &'l Line<'a>,
    /// The verb that reports.
    at: usize,
    form: Form,
    /// The first item so far.
    first: usize,
    /// The leftmost full verb so far: `at`, or what it hangs on ("declined to say").
    verb: usize,
    group: Group,
}

impl Leftward<'_, '_> {
    /// Takes what stands before the first item, if it belongs to the group; whether there may be more.
    fn step(&mut self) -> bool {
        let (line, at) = (self.line, self.at);
        let Some(p) = self.first.checked_sub(1).filter(|p| !line.is_quote(*p)) else {
            return false;
        };
        let word = line.fold(p);
        if line.classes(p).has(Classes::NEGATION) || word.ends_with("nt") && line.is_aux(p) {
            self.group.negated = true;
        }
        if let Some(preposition) = self.between() {
            self.first = preposition;
        } else if let Some(comma) = self.aside() {
            self.first = comma;
        } else if self.is_aspect(p) {
            self.group.chained = true;
            self.group.finite = line.tag(p).is_finite();
            self.first = p;
            self.verb = p;
        } else if line.is_be(p) || line.is_aux(p) {
            self.group.passive |= line.is_be(p) && self.is_participle() && self.verb == at;
            self.group.finite = true;
            self.first = p;
        } else if word == "nor" && p > 1 && line.is_verb(p - 1) && line.fold(p - 2) == "neither" {
            // "Neither confirmed nor denied it".
            self.group.negated = true;
            self.group.finite = true;
            self.first = p - 2;
        } else if word == "to" && self.is_infinitive() {
            return self.governed(p);
        } else if p > 0 && self.is_adverb(p) {
            // An adverb belongs to the group; whether it opens the sentence is decided by what stands before it.
            self.first = p;
        } else {
            return false;
        }
        true
    }

    /// "was put down to": some participles are spelled like the infinitive.
    fn is_participle(&self) -> bool {
        matches!(self.form, Form::Past | Form::Participle)
            || self.form == Form::Base && self.line.tag(self.at) == Tag::VerbPart
    }

    /// The preposition of a phrase between auxiliary and participle: "has in the past described".
    fn between(&self) -> Option<usize> {
        let line = self.line;
        line.np_ending_at(self.first)?.governed.filter(|g| {
            self.is_participle()
                && self.verb == self.at
                && *g > 0
                && line.is_aux(g - 1)
                && !line.is_contraction(g - 1)
        })
    }

    /// The first comma of "did, however, confirm": a word between commas behind an auxiliary.
    fn aside(&self) -> Option<usize> {
        let line = self.line;
        let open = self.first.checked_sub(3).filter(|open| *open > 0)?;
        let closed = line.is_comma(open) && line.is_comma(self.first - 1);
        let word = matches!(
            line.fold(open + 1),
            "however" | "though" | "too" | "indeed" | "moreover" | "instead" | "meanwhile" | "nevertheless"
        );
        let aux = line.is_aux(open - 1) || line.classes(open - 1).has(Classes::NEGATION);
        (closed && word && aux).then_some(open)
    }

    /// "Kept saying", "began to ask" is one report.
    fn is_aspect(&self, p: usize) -> bool {
        let (line, at) = (self.line, self.at);
        self.first == at
            && self.form == Form::Ing
            && line.np_ending_at(p).is_some_and(|np| line.may_speak(np))
            && line.is_verb(p)
            && cue::verb(line.fold(at))
                .is_some_and(|v| v.classes.has(Classes::SPEECH) && !v.classes.has(Classes::WEAK))
            && lexicon::english().is(WordSet::Aspect, line.fold(p))
    }

    /// Whether the group so far goes on with "to" before it: "to say", "to have asked".
    fn is_infinitive(&self) -> bool {
        let line = self.line;
        (self.first..self.verb).all(|k| line.is_aux(k) || line.is_adverb(k))
            && (line.tag(self.verb) == Tag::VerbBase || self.form == Form::Base || line.is_aux(self.first))
    }

    /// What the "to" at `to` hangs on: "declined to say", "appeared to suggest", "is expected to announce", "likely to
    /// say". Without it the group is an infinitive and ends there.
    fn governed(&mut self, to: usize) -> bool {
        let line = self.line;
        let mut adverbs = to;
        while adverbs > 0 && line.is_adverb(adverbs - 1) {
            adverbs -= 1;
        }
        // "Took to the radio to thank them".
        if let Some(took) = takes_to(line, to) {
            self.group.chained = true;
            self.group.finite = line.tag(took).is_finite();
            self.first = took;
            self.verb = took;
            return true;
        }
        // "Declined at first to say", "has refused for years to name it".
        let placed = line
            .np_ending_at(adverbs)
            .and_then(|np| np.governed?.checked_sub(1));
        let refuses = placed.filter(|g| {
            line.is_verb(*g) && cue::verb(line.fold(*g)).is_some_and(|v| v.classes.has(Classes::REFUSAL))
        });
        let governor = refuses.or_else(|| adverbs.checked_sub(1).filter(|g| governs_infinitive(line, *g)));
        let outer = governor
            .filter(|g| line.is_verb(*g))
            .and_then(|g| cue::verb(line.fold(g)));
        let refused = outer.is_some_and(|v| v.classes.has(Classes::REFUSAL));
        // "Promised to support": what is promised is content; the promise is the cue.
        let promised = !refused && outer.is_some_and(|v| v.promises(line.fold(self.at)));
        let Some(governor) = governor.filter(|_| !promised) else {
            self.group.infinitive = true;
            self.first = to;
            return false;
        };
        self.group.negated |= refused;
        self.group.chained = true;
        self.group.finite = line.tag(governor).is_finite() || line.is_aux(governor);
        let first = governor - usize::from(line.fold(governor) == "on");
        self.first = first;
        self.verb = first;
        if line.tag(first) == Tag::VerbPart && first > 0 && line.is_be(first - 1) {
            self.group.finite = true;
        }
        true
    }

    /// Whether the word at `p` is an adverb of the group.
    fn is_adverb(&self, p: usize) -> bool {
        let (line, word) = (self.line, self.line.fold(p));
        line.is_adverb(p)
            && !matches!(word, "then" | "so")
            && !line.classes(p).has(Classes::WHEREABOUTS.and(Classes::QUESTION))
            && !is_quantity(line, p)
            || matches!(word, "also" | "later" | "then" | "once" | "even" | "only") && line.is_word(p)
            || word == "all" && floats(line, p)
    }
}

/// "Took to the radio | to thank them": the verb of somebody who goes public, before the "to" at item `to`.
fn takes_to(line: &Line<'_>, to: usize) -> Option<usize> {
    let np = line.np_ending_at(to)?;
    let preposition = np.governed.filter(|p| line.fold(*p) == "to")?;
    let took = preposition.checked_sub(1)?;
    let takes = matches!(line.fold(took), "take" | "takes" | "took" | "taken" | "taking");
    (takes && line.is_verb(took)).then_some(took)
}

/// Whether an infinitive hangs on the word at `governor`.
fn governs_infinitive(line: &Line<'_>, governor: usize) -> bool {
    // "were more likely to say".
    let more = usize::from(line.tag(governor) == Tag::Adj && governor > 1 && line.is_adverb(governor - 1));
    // "Is continuing to insist".
    let goes_on = governor > 0
        && line.tag(governor) == Tag::VerbIng
        && (line.is_be(governor - 1)
            || line.is_adverb(governor - 1) && line.is_be(governor.saturating_sub(2)));
    // "Refusing to concede that".
    let refuses = || matches!(line.fold(governor), "refusing" | "declining");
    line.is_verb(governor) && (line.tag(governor) != Tag::VerbIng || goes_on || refuses())
        || line.tag(governor) == Tag::Adj && governor > more && line.is_aux(governor - 1 - more)
        || line.fold(governor) == "on" && governor > 0 && line.is_verb(governor - 1)
        || line.classes(governor).has(Classes::BE.and(Classes::HAVE)) && line.is_aux(governor)
}

/// Whether the verb at `at` is a passive without a form of "be" before it.
fn is_passive(line: &Line<'_>, at: usize, form: Form, group: &Group) -> bool {
    let first = group.items.start;
    // A bare participle after a noun is a reduced passive ("the plan, described as"), or a past tense: the
    // tagger decides; "said" never is one.
    if !group.finite && form == Form::Participle || line.fold(at) == "being" {
        return true;
    }
    if line.tag(at) == Tag::VerbPart && form == Form::Past && (first..at).all(|k| line.is_adverb(k)) {
        let subject = (first > 0).then(|| before(line, first)).flatten();
        // "what the president described as": the object stands in front of the subject, so this is a past tense.
        let fronted = subject.as_ref().is_some_and(|(s, _)| {
            s.start > 0 && matches!(line.fold(s.start - 1), "what" | "which" | "that" | "whom")
        });
        if line.fold(at + 1) == "by" || line.fold(at + 1) == "as" && !fronted || subject.is_none() {
            return true;
        }
    }
    // "When asked about it": the one who is asked, by whomever.
    let when = first == at && first > 0 && line.fold(first - 1) == "when";
    let addressed = || cue::verb(line.fold(at)).is_some_and(|v| v.classes.has(Classes::ADDRESSEE));
    let asked = when && (line.tag(at) == Tag::VerbPart || form == Form::Past && addressed());
    asked || form == Form::Past && first == at && is_reduced(line, at)
}

/// Whether the past at item `at` only describes the noun before it: "a man accused of theft", "Reyes, asked about the plan,
/// said".
pub(super) fn is_reduced(line: &Line<'_>, at: usize) -> bool {
    // How far the comma may be that closes what was asked, in items.
    const REACH: usize = 25;
    let next = line.fold(at + 1);
    // Whoever accuses accuses somebody.
    if matches!(line.fold(at), "accused" | "suspected") {
        return next == "of";
    }
    if line.fold(at) == "charged" {
        return next == "with";
    }
    let asked = cue::verb(line.fold(at)).is_some_and(|v| v.classes.has(Classes::ADDRESSEE));
    let topic = matches!(next, "about" | "whether" | "if" | "by" | "on")
        || line.classes(at + 1).has(Classes::QUESTION);
    if !asked || !topic || at < 2 || !line.is_comma(at - 1) {
        return false;
    }
    let named = line.tag(at - 2).is_noun()
        || matches!(line.tag(at - 2), Tag::Propn | Tag::Pron)
        || line.fold(at - 2) == ")";
    if named && is_behind_verb(line, at - 2) {
        return true;
    }
    let closes = |i: usize| line.is_comma(i) || line.is_quote(i) && ends_inside_with_comma(line, i);
    let comma = (at + 2..line.len().min(at + REACH)).find(|i| closes(*i));
    let verb = comma.and_then(|c| (c + 1..line.len()).find(|i| !line.is_adverb(*i)));
    named && verb.is_some_and(|v| line.tag(v).is_finite() || line.is_aux(v))
}

/// "“It is late,” said the surgeon Ida Hook, asked about it": whether a name that ends with item `last` stands right behind a
/// verb of saying, which is its own.
fn is_behind_verb(line: &Line<'_>, last: usize) -> bool {
    let part = |i: usize| {
        matches!(line.tag(i), Tag::Propn | Tag::Det | Tag::Adj | Tag::Num)
            || line.tag(i).is_noun()
            || line.fold(i) == "."
    };
    let verb = (0..last).rev().find(|i| !part(*i));
    verb.filter(|v| line.is_comma(v.wrapping_sub(1)) || line.is_quote(v.wrapping_sub(1)))
        .and_then(|v| cue::verb(line.fold(v)))
        .is_some_and(|v| {
            v.classes.has(Classes::SPEECH) && !v.classes.has(Classes::WEAK) && v.form != Form::Ing
        })
}

/// Whether the word at item `i` stands for some people where no other subject stands before it: "and half said".
fn is_quantity(line: &Line<'_>, i: usize) -> bool {
    line.classes(i).has(Classes::ANIMATE)
        && line.np_starting_at(i).is_some()
        && line.np_ending_at(i).is_none()
}

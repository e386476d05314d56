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
    let mut group = Group {
        items: at..at + 1,
        passive: false,
        negated: false,
        infinitive: false,
        finite: matches!(form, Form::Past | Form::Present),
        chained: false,
    };
    // "was put down to": some participles are spelled like the infinitive.
    let participle =
        matches!(form, Form::Past | Form::Participle) || form == Form::Base && line.tag(at) == Tag::VerbPart;
    let mut i = at;
    let mut verb = at;
    while i > 0 {
        let p = i - 1;
        if line.is_quote(p) {
            break;
        }
        let word = line.fold(p);
        if line.classes(p).has(Classes::NEGATION) || word.ends_with("nt") && line.is_aux(p) {
            group.negated = true;
        }
        // "has in the past described".
        let between = line.np_ending_at(i).and_then(|np| np.governed).filter(|g| {
            participle && verb == at && *g > 0 && line.is_aux(g - 1) && !line.is_contraction(g - 1)
        });
        if let Some(preposition) = between {
            i = preposition;
            continue;
        }
        // "Kept saying", "began to ask" is one report.
        let goes_on = i == at
            && form == Form::Ing
            && line.np_ending_at(p).is_some_and(|np| line.may_speak(np))
            && line.is_verb(p)
            && cue::verb(line.fold(at))
                .is_some_and(|v| v.classes.has(Classes::SPEECH) && !v.classes.has(Classes::WEAK))
            && lexicon::english().is(WordSet::Aspect, word);
        if goes_on {
            group.chained = true;
            group.finite = line.tag(p).is_finite();
            i = p;
            verb = p;
        } else if line.is_be(p) {
            if participle && verb == at {
                group.passive = true;
            }
            group.finite = true;
            i = p;
        } else if line.is_aux(p) {
            group.finite = true;
            i = p;
        } else if word == "to"
            // "Is said to have asked".
            && (i..verb).all(|k| line.is_aux(k) || line.is_adverb(k))
            && (line.tag(verb) == Tag::VerbBase || form == Form::Base || line.is_aux(i))
        {
            // "declined to say", "appeared to suggest", "is expected to announce", "likely to say".
            let mut v = p;
            while v > 0 && line.is_adverb(v - 1) {
                v -= 1;
            }
            let Some(governor) = v.checked_sub(1) else {
                group.infinitive = true;
                i = p;
                break;
            };
            // "were more likely to say".
            let more =
                usize::from(line.tag(governor) == Tag::Adj && governor > 1 && line.is_adverb(governor - 1));
            // "Is continuing to insist".
            let goes_on = governor > 0
                && line.tag(governor) == Tag::VerbIng
                && (line.is_be(governor - 1)
                    || line.is_adverb(governor - 1) && line.is_be(governor.saturating_sub(2)));
            let governs = line.is_verb(governor) && (line.tag(governor) != Tag::VerbIng || goes_on)
                || line.tag(governor) == Tag::Adj && governor > more && line.is_aux(governor - 1 - more)
                || line.fold(governor) == "on" && governor > 0 && line.is_verb(governor - 1)
                || line.classes(governor).has(Classes::BE.and(Classes::HAVE)) && line.is_aux(governor);
            if !governs {
                group.infinitive = true;
                i = p;
                break;
            }
            let outer = cue::verb(line.fold(governor)).filter(|_| line.is_verb(governor));
            if outer.is_some_and(|v| v.classes.has(Classes::REFUSAL)) {
                group.negated = true;
            } else if outer.is_some_and(|v| v.promises(line.fold(at))) {
                // "Promised to support": what is promised is content; the promise is the cue.
                group.infinitive = true;
                i = p;
                break;
            }
            group.chained = true;
            group.finite = line.tag(governor).is_finite() || line.is_aux(governor);
            i = if line.fold(governor) == "on" {
                governor - 1
            } else {
                governor
            };
            verb = i;
            if line.tag(i) == Tag::VerbPart && i > 0 && line.is_be(i - 1) {
                group.finite = true;
            }
        } else if line.is_adverb(p)
            && !matches!(word, "then" | "so")
            && !line.classes(p).has(Classes::WHEREABOUTS.and(Classes::QUESTION))
            && !is_quantity(line, p)
            || matches!(word, "also" | "later" | "then" | "once" | "even" | "only") && line.is_word(p)
            || word == "all" && floats(line, p)
        {
            // An adverb belongs to the group; whether it opens the sentence is decided by what stands before it.
            if p == 0 {
                break;
            }
            i = p;
        } else {
            break;
        }
    }
    // Adverbs on the outer left stay outside when a comma or the sentence's start stands before them.
    group.items.start = i;
    // A bare participle after a noun is a reduced passive ("the plan, described as"), or a past tense: the
    // tagger decides; "said" never is one.
    if !group.passive && !group.finite && form == Form::Participle {
        group.passive = true;
    }
    let bare = (i..at).all(|k| line.is_adverb(k));
    if !group.passive && line.tag(at) == Tag::VerbPart && form == Form::Past && bare {
        let subject = (i > 0).then(|| before(line, i)).flatten();
        // "what the president described as": the object stands in front of the subject, so this is a past tense.
        let fronted = subject.as_ref().is_some_and(|(s, _)| {
            s.start > 0 && matches!(line.fold(s.start - 1), "what" | "which" | "that" | "whom")
        });
        let agent = line.fold(at + 1) == "by" || line.fold(at + 1) == "as" && !fronted;
        if agent || subject.is_none() {
            group.passive = true;
        }
    }
    // "When asked about it": the one who is asked, by whomever.
    if line.tag(at) == Tag::VerbPart && i == at && i > 0 && line.fold(i - 1) == "when" {
        group.passive = true;
    }
    if matches!(line.fold(at), "being") {
        group.passive = true;
    }
    if !group.passive && form == Form::Past && i == at && is_reduced(line, at) {
        group.passive = true;
    }
    group
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
    let asked = cue::verb(line.fold(at)).is_some_and(|v| v.classes.has(Classes::ADDRESSEE));
    let topic = matches!(next, "about" | "whether" | "if" | "by" | "on")
        || line.classes(at + 1).has(Classes::QUESTION);
    if !asked || !topic || at < 2 || !line.is_comma(at - 1) {
        return false;
    }
    let named = line.tag(at - 2).is_noun()
        || matches!(line.tag(at - 2), Tag::Propn | Tag::Pron)
        || line.fold(at - 2) == ")";
    let closes = |i: usize| line.is_comma(i) || line.is_quote(i) && ends_inside_with_comma(line, i);
    let comma = (at + 2..line.len().min(at + REACH)).find(|i| closes(*i));
    let verb = comma.and_then(|c| (c + 1..line.len()).find(|i| !line.is_adverb(*i)));
    named && verb.is_some_and(|v| line.tag(v).is_finite() || line.is_aux(v))
}

/// Whether the word at item `i` stands for some people where no other subject stands before it: "and half said".
fn is_quantity(line: &Line<'_>, i: usize) -> bool {
    line.classes(i).has(Classes::ANIMATE)
        && line.np_starting_at(i).is_some()
        && line.np_ending_at(i).is_none()
}
